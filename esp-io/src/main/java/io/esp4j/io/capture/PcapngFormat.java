package io.esp4j.io.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Records of a pcapng file (draft-ietf-opsawg-pcapng). A file is a row of blocks; a section header sets the byte order
 * and forgets the interfaces, interface descriptions number from 0 within their section, packet blocks refer to them.
 *
 * <pre>
 * block                  type (4) ‖ total length (4) ‖ body, padded to 4 ‖ total length (4)
 * section header         byte-order magic (4) ‖ major (2) ‖ minor (2) ‖ section length (8) ‖ options
 * interface description  link type (2) ‖ reserved (2) ‖ snapshot length (4) ‖ options
 * enhanced packet        interface (4) ‖ time (4, 4) ‖ captured (4) ‖ original (4) ‖ octets ‖ options
 * packet (obsolete)      interface (2) ‖ drops (2) ‖ time (4, 4) ‖ captured (4) ‖ original (4) ‖ octets ‖ options
 * simple packet          original (4) ‖ octets, as many as the snapshot length of interface 0 lets through
 * </pre>
 *
 * <p>Blocks of any other type are skipped. Threads: single owner thread, its reader's.
 */
final class PcapngFormat implements RecordFormat {
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    private static final int TYPE_AND_LENGTH_OCTETS = 8;
    private static final int TRAILER_OCTETS = 4;
    private static final int SECTION_MIN_OCTETS = 28;
    private static final int INTERFACE_MIN_OCTETS = 20;
    private static final int SIMPLE_MIN_OCTETS = 16;
    private static final int PACKET_MIN_OCTETS = 32;

    /** Of a block that is held in memory whole: the longest record, and comments. */
    private static final int MAX_BLOCK_OCTETS = 1 << 20;

    private static final int MAX_INTERFACES = 1 << 16;

    private final OctetSource source;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private long number;
    private long blockAt;
    private int type = SECTION_HEADER;
    private long total;

    /** Reads the first section header. */
    PcapngFormat(OctetSource source) throws CaptureException {
        this.source = source;
        section();
    }

    @Override
    public boolean next(CaptureRecord record) throws CaptureException {
        while (true) {
            blockAt = source.fileOffset();
            int available = source.fill(TYPE_AND_LENGTH_OCTETS);
            if (available == 0) {
                return false;
            }
            if (available < TYPE_AND_LENGTH_OCTETS) {
                type = 0;
                throw brokenOff(available, TYPE_AND_LENGTH_OCTETS);
            }
            type = source.i32(0);
            total = source.u32(4);
            switch (type) {
                case SECTION_HEADER -> section();
                case INTERFACE_DESCRIPTION -> describeInterface();
                case ENHANCED_PACKET, PACKET -> {
                    packet(record, type == PACKET);
                    return true;
                }
                case SIMPLE_PACKET -> {
                    simplePacket(record);
                    return true;
                }
                default -> skipBlock(TYPE_AND_LENGTH_OCTETS + TRAILER_OCTETS);
            }
        }
    }

    /** The type of a section header reads the same in both byte orders; the length that follows does not. */
    private void section() throws CaptureException {
        int available = source.fill(SECTION_MIN_OCTETS);
        if (available < SECTION_MIN_OCTETS) {
            throw brokenOff(available, SECTION_MIN_OCTETS);
        }
        int magic = source.i32BigEndian(8);
        if (magic != BYTE_ORDER_MAGIC && magic != Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            throw failure("is a section header with byte-order magic %08x, %08x was expected in either order"
                    .formatted(magic, BYTE_ORDER_MAGIC));
        }
        source.littleEndian(magic != BYTE_ORDER_MAGIC);
        int major = source.u16(12);
        if (major != 1) {
            throw failure(
                    "begins a section of pcapng version " + major + "." + source.u16(14) + ", version 1 was expected");
        }
        total = source.u32(4);
        interfaces.clear();
        skipBlock(SECTION_MIN_OCTETS);
    }

    private void describeInterface() throws CaptureException {
        hold(INTERFACE_MIN_OCTETS);
        if (interfaces.size() == MAX_INTERFACES) {
            throw failure("describes one interface more than the " + MAX_INTERFACES + " that were expected at most");
        }
        int resolution = PcapngInterface.MICROSECONDS;
        long offsetSeconds = 0;
        int end = (int) total - TRAILER_OCTETS;
        int at = 16;
        while (end - at >= 4) {
            int code = source.u16(at);
            int length = source.u16(at + 2);
            at += 4;
            if (length > end - at) {
                throw failure("has an option of " + length + " octets, at most " + (end - at) + " were expected");
            }
            if (code == 0) {
                break;
            }
            if (code == PcapngInterface.OPTION_RESOLUTION) {
                expectOptionLength("if_tsresol", length, 1);
                resolution = source.u8(at);
            } else if (code == PcapngInterface.OPTION_OFFSET) {
                expectOptionLength("if_tsoffset", length, 8);
                offsetSeconds = source.i64(at);
            }
            at += (length + 3) & ~3;
        }
        interfaces.add(new PcapngInterface(source.u16(8), source.u32(12), resolution, offsetSeconds));
        source.advance((int) total);
    }

    private void packet(CaptureRecord record, boolean obsolete) throws CaptureException {
        number++;
        hold(PACKET_MIN_OCTETS);
        PcapngInterface from = interfaceOf(obsolete ? source.u16(8) : source.u32(8));
        long timeNanos = from.nanos(source.u32(12) << 32 | source.u32(16));
        if (timeNanos == PcapngInterface.OUT_OF_RANGE) {
            throw failure("has a time outside the years 1678 to 2261");
        }
        long captured = source.u32(20);
        checkCaptured(captured, total - PACKET_MIN_OCTETS);
        record.set(number, timeNanos, from.linkType(), source.u32(24));
        show(record, 28, (int) captured);
    }

    private void simplePacket(CaptureRecord record) throws CaptureException {
        number++;
        hold(SIMPLE_MIN_OCTETS);
        PcapngInterface from = interfaceOf(0);
        long original = source.u32(8);
        long captured = from.snapshotOctets() == 0 ? original : Math.min(original, from.snapshotOctets());
        checkCaptured(captured, total - SIMPLE_MIN_OCTETS);
        record.set(number, 0, from.linkType(), original);
        show(record, 12, (int) captured);
    }

    private void show(CaptureRecord record, int at, int captured) {
        record.octets(source.array(), source.index(at), captured);
        source.advance((int) total);
    }

    private PcapngInterface interfaceOf(long index) throws CaptureException {
        if (index >= interfaces.size()) {
            throw failure("belongs to interface " + index + ", but its section describes " + interfaces.size());
        }
        PcapngInterface from = interfaces.get((int) index);
        if (from.linkType() == null) {
            throw failure("has link type " + from.linkTypeCode() + ", one of " + LinkType.EXPECTED + " was expected");
        }
        return from;
    }

    private void checkCaptured(long captured, long room) throws CaptureException {
        if (captured > CaptureReader.MAX_CAPTURED_OCTETS) {
            throw failure("claims " + captured + " captured octets, at most " + CaptureReader.MAX_CAPTURED_OCTETS
                    + " were expected");
        }
        if (captured > room) {
            throw failure("claims " + captured + " captured octets, but its block has room for " + room);
        }
    }

    private void expectOptionLength(String option, int length, int expected) throws CaptureException {
        if (length != expected) {
            throw failure("has an option " + option + " of " + length + " octets, " + expected + " was expected");
        }
    }

    private void checkTotal(int least) throws CaptureException {
        if (total < least || total % 4 != 0) {
            throw failure("claims a total length of " + total + ", a multiple of 4 from " + least + " was expected");
        }
    }

    /** Brings a whole block into memory and checks both its lengths. */
    private void hold(int least) throws CaptureException {
        checkTotal(least);
        if (total > MAX_BLOCK_OCTETS) {
            throw failure("claims a total length of " + total + ", at most " + MAX_BLOCK_OCTETS + " was expected");
        }
        int available = source.fill((int) total);
        if (available < total) {
            throw brokenOff(available, total);
        }
        checkTrailer(source.u32((int) total - TRAILER_OCTETS));
    }

    private void skipBlock(int least) throws CaptureException {
        checkTotal(least);
        long skipped = source.skip(total - TRAILER_OCTETS);
        int available = source.fill(TRAILER_OCTETS);
        if (available < TRAILER_OCTETS) {
            throw brokenOff(skipped + available, total);
        }
        checkTrailer(source.u32(0));
        source.advance(TRAILER_OCTETS);
    }

    private void checkTrailer(long trailer) throws CaptureException {
        if (trailer != total) {
            throw failure("ends with a total length of " + trailer + ", " + total + " was expected as at its start");
        }
    }

    private CaptureException brokenOff(long available, long expected) {
        return failure("breaks off after " + available + " of " + expected + " octets");
    }

    private CaptureException failure(String what) {
        boolean packet = type == ENHANCED_PACKET || type == PACKET || type == SIMPLE_PACKET;
        String which = packet ? "record " + number : "the block";
        return new CaptureException(source.name() + ": " + which + " at octet " + blockAt + " " + what);
    }
}
