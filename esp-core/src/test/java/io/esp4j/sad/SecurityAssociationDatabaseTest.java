package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import io.esp4j.wire.IpAddress;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityAssociationDatabaseTest {
    private static final int SPI = 0x1000;
    private static final String GROUP = "232.1.1.1";
    private static final String SENDER = "192.0.2.1";

    private final SecurityAssociationDatabase<TestEntry> database = new SecurityAssociationDatabase<>();

    @Test
    @DisplayName("R1 a unicast SA is found by its SPI, whatever the addresses")
    void shouldFindUnicastEntryBySpiAlone() {
        TestEntry entry = TestEntry.of(SPI);
        database.add(entry);

        assertSame(entry, database.lookup(SPI, 0));
        assertSame(entry, lookup(SPI, "203.0.113.9", "198.51.100.7"));
        assertSame(entry, lookup(SPI, "2001:db8::1", "2001:db8::2"));
        assertNull(database.lookup(SPI + 1, 0));
    }

    @Test
    @DisplayName("R2 SPI with both addresses goes before SPI with destination, and that before SPI alone")
    void shouldPreferTheLongestMatch() {
        TestEntry spi = TestEntry.of(SPI);
        TestEntry destination = TestEntry.of(SPI, GROUP);
        TestEntry source = TestEntry.of(SPI, GROUP, SENDER);
        database.add(spi);
        database.add(destination);
        database.add(source);

        assertSame(source, lookup(SPI, GROUP, SENDER));
        assertSame(destination, lookup(SPI, GROUP, "192.0.2.2"));
        assertSame(spi, lookup(SPI, "232.1.1.2", SENDER));
    }

    @Test
    @DisplayName("R2 an entry with addresses is not found without them")
    void shouldNotFindAddressEntriesBySpiAlone() {
        database.add(TestEntry.of(SPI, GROUP));
        database.add(TestEntry.of(SPI, "ff3e::1", "2001:db8::1"));

        assertNull(lookup(SPI, "232.1.1.2", SENDER));
        assertNull(lookup(SPI, "ff3e::1", "2001:db8::2"));
        assertNull(database.lookup(SPI, 0));
        assertTrue(database.hasAddressEntries());
    }

    @Test
    @DisplayName("R2 an IPv4 address is not the IPv6 address with the same number")
    void shouldTellFamiliesApart() {
        database.add(TestEntry.of(SPI, "0.0.0.9"));

        assertNull(lookup(SPI, "::9", "::1"));
        assertEquals(SPI, lookup(SPI, "0.0.0.9", "0.0.0.1").spi());
    }

    @Test
    @DisplayName("R2 addresses are taken from the outer header, of IPv4 and IPv6")
    void shouldReadAddressesFromPackets() {
        TestEntry four = TestEntry.of(SPI, GROUP, SENDER);
        TestEntry six = TestEntry.of(SPI, "ff3e::1:2:3", "2001:db8::7");
        database.add(four);
        database.add(six);
        Memory memory = Memory.of(new byte[100]);

        memory.octet(10, 0x45);
        IpAddress.parse(SENDER).write(memory, 22);
        IpAddress.parse(GROUP).write(memory, 26);
        assertSame(four, database.lookup(SPI, 0, memory, 10));

        memory.octet(50, 0x60);
        IpAddress.parse("2001:db8::7").write(memory, 58);
        IpAddress.parse("ff3e::1:2:3").write(memory, 74);
        assertSame(six, database.lookup(SPI, 0, memory, 50));
    }

    @Test
    void shouldNotLookAtThePacketWhileNoEntryWantsAddresses() {
        TestEntry entry = TestEntry.of(SPI);
        database.add(entry);

        assertSame(entry, database.lookup(SPI, 0, Memory.of(new byte[0]), 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    @DisplayName("R3 the SPIs 0 to 255 are refused")
    void shouldRefuseReservedSpis(int spi) {
        assertThrows(IllegalArgumentException.class, () -> database.add(TestEntry.of(spi)));
        assertNull(database.lookup(spi, 0));
        assertEquals(0, database.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {256, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    @DisplayName("R3 all SPIs from 256 to 2^32-1 are taken")
    void shouldTakeEveryOtherSpi(int spi) {
        TestEntry entry = TestEntry.of(spi);
        database.add(entry);
        assertSame(entry, database.lookup(spi, 0));
    }

    @Test
    void shouldKeepDomainsApart() {
        TestEntry first = TestEntry.of(SPI, 1);
        TestEntry second = TestEntry.of(SPI, -1);
        database.add(first);
        database.add(second);

        assertSame(first, database.lookup(SPI, 1));
        assertSame(second, database.lookup(SPI, -1));
        assertNull(database.lookup(SPI, 0));
    }

    @Test
    void shouldRefuseASecondEntryWithTheSameKeyOfEachKind() {
        for (TestEntry entry : Set.of(TestEntry.of(SPI), TestEntry.of(SPI, GROUP), TestEntry.of(SPI, GROUP, SENDER))) {
            database.add(entry);
            String message = assertThrows(IllegalStateException.class, () -> database.add(entry.successor()))
                    .getMessage();
            assertTrue(message.contains("0x00001000"), message);
        }
        assertEquals(3, database.size());
    }

    @Test
    void shouldRefuseEntriesWithoutTheAddressesTheyAreFoundBy() {
        IpAddress four = IpAddress.parse(GROUP);
        assertThrows(
                IllegalArgumentException.class,
                () -> database.add(new TestEntry(SPI, 0, SadMatch.SPI_DESTINATION, null, null, 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> database.add(new TestEntry(SPI, 0, SadMatch.SPI_DESTINATION_SOURCE, four, null, 0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> database.add(
                        new TestEntry(SPI, 0, SadMatch.SPI_DESTINATION_SOURCE, four, IpAddress.parse("::1"), 0)));
    }

    @Test
    void shouldReplaceInOneStep() {
        TestEntry first = TestEntry.of(SPI, GROUP);
        TestEntry second = first.successor();
        database.add(first);

        assertTrue(database.replace(first, second));
        assertSame(second, lookup(SPI, GROUP, SENDER));
        assertFalse(database.replace(first, first.successor()), "no longer there");
        assertThrows(IllegalArgumentException.class, () -> database.replace(second, TestEntry.of(SPI)));
        assertEquals(1, database.size());
    }

    @Test
    void shouldRemoveThisVeryEntryOnly() {
        TestEntry entry = TestEntry.of(SPI);
        database.add(entry);

        assertFalse(database.remove(TestEntry.of(SPI)));
        assertSame(entry, database.lookup(SPI, 0));
        assertTrue(database.remove(entry));
        assertFalse(database.remove(entry));
        assertNull(database.lookup(SPI, 0));
    }

    @Test
    void shouldForgetThatAddressesMatterWhenTheLastSuchEntryGoes() {
        TestEntry entry = TestEntry.of(SPI, GROUP);
        database.add(entry);
        assertTrue(database.hasAddressEntries());
        database.remove(entry);
        assertFalse(database.hasAddressEntries());
    }

    @Test
    void shouldListEntriesAsOfOneMoment() {
        TestEntry spi = TestEntry.of(SPI);
        TestEntry group = TestEntry.of(SPI, GROUP);
        database.add(spi);
        database.add(group);

        var before = database.entries();
        database.remove(spi);

        assertEquals(Set.of(spi, group), Set.copyOf(before));
        assertEquals(Set.of(group), Set.copyOf(database.entries()));
    }

    private TestEntry lookup(int spi, String destination, String source) {
        IpAddress to = IpAddress.parse(destination);
        IpAddress from = IpAddress.parse(source);
        return database.lookup(spi, 0, to.v6(), to.high(), to.low(), from.high(), from.low());
    }
}
