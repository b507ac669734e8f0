package io.esp4j.io.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Builds capture files octet by octet as the drafts lay them out, and reads them back into a list. */
final class CaptureOctets {
    static final String NAME = "test.cap";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;

    CaptureOctets(ByteOrder order) {
        this.order = order;
    }

    /** A record as the reader showed it, copied. */
    record Seen(
            long number,
            long timeNanos,
            LinkType linkType,
            long originalLength,
            boolean cut,
            int ipOffset,
            String hex) {}

    static List<Seen> read(byte[] file) throws CaptureException {
        List<Seen> seen = new ArrayList<>();
        readInto(seen, file);
        return seen;
    }

    /** Adds what can be read before an exception, too. */
    static void readInto(List<Seen> seen, byte[] file) throws CaptureException {
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), NAME)) {
            while (reader.next()) {
                seen.add(seen(reader.record()));
            }
        } catch (CaptureException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Seen seen(CaptureRecord record) {
        byte[] octets = Arrays.copyOfRange(record.array(), record.offset(), record.offset() + record.capturedLength());
        return new Seen(
                record.number(),
                record.timeNanos(),
                record.linkType(),
                record.originalLength(),
                record.isCut(),
                record.ipOffset(),
                hex(octets));
    }

    static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    CaptureOctets order(ByteOrder newOrder) {
        order = newOrder;
        return this;
    }

    CaptureOctets u16(int value) {
        return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureOctets u32(long value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    CaptureOctets i64(long value) {
        return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    CaptureOctets raw(byte... octets) {
        out.writeBytes(octets);
        return this;
    }

    CaptureOctets padded(byte... octets) {
        return raw(octets).raw(new byte[-octets.length & 3]);
    }

    CaptureOctets pcapHeader(long magic, long snapshotLength, long linkType) {
        return u32(magic).u16(2).u16(4).i64(0).u32(snapshotLength).u32(linkType);
    }

    CaptureOctets pcapRecord(long seconds, long fraction, long originalLength, byte... octets) {
        return u32(seconds).u32(fraction).u32(octets.length).u32(originalLength).raw(octets);
    }

    CaptureOctets option(int code, byte... value) {
        return u16(code).u16(value.length).padded(value);
    }

    CaptureOctets option64(int code, long value) {
        return u16(code).u16(8).i64(value);
    }

    /** A pcapng block around the body. */
    CaptureOctets block(long type, CaptureOctets body) {
        byte[] octets = body.toByteArray();
        return u32(type).u32(octets.length + 12L).raw(octets).u32(octets.length + 12L);
    }

    CaptureOctets body() {
        return new CaptureOctets(order);
    }

    CaptureOctets section() {
        return block(0x0a0d0d0a, body().u32(0x1a2b3c4d).u16(1).u16(0).i64(-1));
    }

    CaptureOctets describeInterface(int linkType, long snapshotLength, CaptureOctets options) {
        return block(1, body().u16(linkType).u16(0).u32(snapshotLength).raw(options.toByteArray()));
    }

    CaptureOctets enhancedPacket(int from, long units, long originalLength, byte... octets) {
        return block(
                6,
                body().u32(from)
                        .u32(units >>> 32)
                        .u32(units)
                        .u32(octets.length)
                        .u32(originalLength)
                        .padded(octets));
    }

    int size() {
        return out.size();
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
