package io.esp4j.io.capture;

import static io.esp4j.io.capture.LinkLayer.MALFORMED;
import static io.esp4j.io.capture.LinkLayer.NOT_IP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinkLayerTest {
    private static final String MACS = "020000000002 020000000001";
    private static final String COOKED = "0000 0001 0006 020000000001 0000";
    private static final String COOKED_2 = "0000 00000002 0001 00 06 020000000001 0000";

    private static int ipOffset(LinkType linkType, String hex) {
        byte[] frame = CaptureOctets.octets(hex);
        byte[] inside = new byte[frame.length + 7];
        Arrays.fill(inside, (byte) 0x45);
        System.arraycopy(frame, 0, inside, 5, frame.length);
        return LinkLayer.ipOffset(linkType, inside, 5, frame.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0800 45, 14",
        "86dd 60, 14",
        "0800 60, -2",
        "86dd 45, -2",
        "0800, -2",
        "0806 45, -1",
        "0028 45, -1",
        "8100 0005 0800 45, 18",
        "88a8 0005 8100 0006 86dd 60, 22",
        "9100 0001 9100 0002 8100 0003 8100 0004 0800 45, 30",
        "8100 0005 0806 45, -1",
        "8100 0005 08, -1",
        "8100, -1",
        "8100 0005 0800, -2"
    })
    void shouldFindIpBehindEthernetAndAnyNumberOfTags(String fromType, int expected) {
        assertEquals(expected, ipOffset(LinkType.ETHERNET, MACS + fromType));
    }

    @ParameterizedTest
    @CsvSource({"0800 45, 16", "86dd 60, 16", "0004 45, -1", "8100 0005 0800 45, 20", "0800, -2"})
    void shouldFindIpBehindBothCookedHeaders(String fromType, int inVersion1) {
        assertEquals(inVersion1, ipOffset(LinkType.LINUX_COOKED, COOKED + fromType));
        String type = fromType.substring(0, 4);
        int inVersion2 = inVersion1 < 0 ? inVersion1 : inVersion1 + 4;
        assertEquals(inVersion2, ipOffset(LinkType.LINUX_COOKED_2, type + COOKED_2 + fromType.substring(4)));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "RAW_12", "RAW_14"})
    void shouldGoByTheVersionFieldWhereNothingElseTells(LinkType raw) {
        assertEquals(0, ipOffset(raw, "45"));
        assertEquals(0, ipOffset(raw, "60"));
        assertEquals(NOT_IP, ipOffset(raw, "54"));
        assertEquals(NOT_IP, ipOffset(raw, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 45, 0",
        "IPV4, 60, -2",
        "IPV4, '', -2",
        "IPV6, 60, 0",
        "IPV6, 45, -2",
        "NULL, 02000000 45, 4",
        "NULL, 00000002 45, 4",
        "NULL, 1e000000 60, 4",
        "NULL, 0000000a 60, 4",
        "NULL, 07000000 45, -1",
        "NULL, 020000, -1",
        "NULL, 02000000, -2",
        "LOOP, 00000002 45, 4",
        "LOOP, 00000018 60, 4",
        "LOOP, 02000000 45, -1"
    })
    void shouldFindIpWhereTheLinkTypeOrTheFamilyAnnouncesIt(LinkType linkType, String hex, int expected) {
        assertEquals(expected, ipOffset(linkType, hex));
    }

    @ParameterizedTest
    @CsvSource({"ETHERNET, 14", "LINUX_COOKED, 16", "LINUX_COOKED_2, 20", "NULL, 4", "LOOP, 4"})
    void shouldCallFramesNotIpThatEndInsideTheirHeader(LinkType linkType, int headerOctets) {
        byte[] frame = CaptureOctets.filled(headerOctets, 0);
        for (int length = 0; length < headerOctets; length++) {
            assertEquals(NOT_IP, LinkLayer.ipOffset(linkType, frame, 0, length));
        }
    }

    @Provide
    Arbitrary<byte[]> likelyOctets() {
        Arbitrary<Byte> octet = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of((byte) 0x81, (byte) 0, (byte) 0x88, (byte) 0xa8, (byte) 0x08, (byte) 0x45, (byte) 0x91));
        return octet.array(byte[].class).ofMaxSize(64);
    }

    @Property
    void shouldAnswerForAnyOctets(@ForAll LinkType linkType, @ForAll @Size(max = 64) byte[] frame) {
        check(linkType, frame);
    }

    @Property
    void shouldAnswerForManyTags(@ForAll LinkType linkType, @ForAll("likelyOctets") byte[] frame) {
        check(linkType, frame);
    }

    private static void check(LinkType linkType, byte[] frame) {
        int at = LinkLayer.ipOffset(linkType, frame, 0, frame.length);
        boolean ip = at >= 0 && at < frame.length && beginsIp(frame[at]);
        assertTrue(ip || at == NOT_IP || at == MALFORMED, () -> "offset " + at);
    }

    private static boolean beginsIp(byte first) {
        return (first & 0xf0) == 0x40 || (first & 0xf0) == 0x60;
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseFramesOutsideTheArray(LinkType linkType) {
        assertThrows(IndexOutOfBoundsException.class, () -> LinkLayer.ipOffset(linkType, new byte[20], 1, 20));
    }
}
