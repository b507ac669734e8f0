package io.esp4j.io.capture;

/**
 * Records of a pcap file (draft-ietf-opsawg-pcap). All fields are in the byte order that the magic number shows; it
 * also says whether the fraction of a second is in microseconds or nanoseconds.
 *
 * <pre>
 * file header      magic (4) ‖ major (2) ‖ minor (2) ‖ reserved (8) ‖ snapshot length (4) ‖ FCS, link type (4)
 * record header    seconds (4) ‖ fraction (4) ‖ captured length (4) ‖ original length (4)
 * </pre>
 *
 * <p>Threads: single owner thread, its reader's.
 */
final class PcapFormat implements RecordFormat {
    static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    static final int FILE_HEADER_OCTETS = 24;
    static final int RECORD_HEADER_OCTETS = 16;
    static final int MAJOR = 2;
    static final int MINOR = 4;

    /** The upper bits of the link type field tell the length of the frame check sequence; reserved bits are zero. */
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private final OctetSource source;
    private final LinkType linkType;
    private final int nanosPerUnit;
    private long number;

    private PcapFormat(OctetSource source, LinkType linkType, int nanosPerUnit) {
        this.source = source;
        this.linkType = linkType;
        this.nanosPerUnit = nanosPerUnit;
    }

    /** Whether these first four octets, read big-endian, begin a pcap file. */
    static boolean isMagic(int magic) {
        return isBigEndian(magic) || isBigEndian(Integer.reverseBytes(magic));
    }

    private static boolean isBigEndian(int magic) {
        return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS;
    }

    static PcapFormat open(OctetSource source, int magic) throws CaptureException {
        int available = source.fill(FILE_HEADER_OCTETS);
        if (available < FILE_HEADER_OCTETS) {
            throw new CaptureException(source.name() + ": ends after " + available + " octets, a pcap header of "
                    + FILE_HEADER_OCTETS + " octets was expected");
        }
        boolean little = !isBigEndian(magic);
        source.littleEndian(little);
        int major = source.u16(4);
        int minor = source.u16(6);
        if (major != MAJOR || minor != MINOR) {
            throw new CaptureException(
                    source.name() + ": is of pcap version " + major + "." + minor + ", version 2.4 was expected");
        }
        int code = source.i32(20) & LINK_TYPE_MASK;
        LinkType linkType = LinkType.of(code);
        if (linkType == null) {
            throw new CaptureException(
                    source.name() + ": has link type " + code + ", one of " + LinkType.EXPECTED + " was expected");
        }
        boolean nanoseconds = (little ? Integer.reverseBytes(magic) : magic) == MAGIC_NANOSECONDS;
        source.advance(FILE_HEADER_OCTETS);
        return new PcapFormat(source, linkType, nanoseconds ? 1 : 1_000);
    }

    @Override
    public boolean next(CaptureRecord record) throws CaptureException {
        long at = source.fileOffset();
        int available = source.fill(RECORD_HEADER_OCTETS);
        if (available == 0) {
            return false;
        }
        number++;
        if (available < RECORD_HEADER_OCTETS) {
            throw failure(
                    at, "breaks off inside its header of " + RECORD_HEADER_OCTETS + " octets, after " + available);
        }
        long timeNanos = source.u32(0) * 1_000_000_000 + source.u32(4) * nanosPerUnit;
        long captured = source.u32(8);
        long original = source.u32(12);
        if (captured > CaptureReader.MAX_CAPTURED_OCTETS) {
            throw failure(
                    at,
                    "claims " + captured + " captured octets, at most " + CaptureReader.MAX_CAPTURED_OCTETS
                            + " were expected");
        }
        int length = (int) captured;
        source.advance(RECORD_HEADER_OCTETS);
        available = source.fill(length);
        if (available < length) {
            throw failure(at, "breaks off after " + available + " of " + length + " captured octets");
        }
        record.set(number, timeNanos, linkType, original);
        record.octets(source.array(), source.index(0), length);
        source.advance(length);
        return true;
    }

    private CaptureException failure(long at, String what) {
        return new CaptureException(source.name() + ": record " + number + " at octet " + at + " " + what);
    }
}
