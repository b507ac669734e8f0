package io.esp4j.crypto.natives.ipsecmb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.TransformReport;
import io.esp4j.crypto.natives.Installed;
import io.esp4j.crypto.natives.Settings;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions and processor generations. */
class VersionTest {

    @TempDir
    Path directory;

    @Test
    void shouldKnowTheVersionsWhoseHeadersWereReadAndNoOthers() {
        for (int known : new int[] {0x010300, 0x010400, 0x010500, 0x020000, 0x020001, 0x020002}) {
            assertNotNull(Layout.of(known), Integer.toHexString(known));
        }
        for (int unknown : new int[] {0, 0x003700, 0x010000, 0x010200, 0x010600, 0x020100, 0x030000, -1}) {
            assertNull(Layout.of(unknown), Integer.toHexString(unknown));
        }
    }

    /** {@code intel-ipsec-mb.h}: 2.0 dropped the emulation of AES-NI, and its bit, below that of the self-test. */
    @Test
    void shouldLookForTheSelfTestWhereEachVersionTellsIt() {
        for (int version : new int[] {0x010300, 0x010400, 0x010500}) {
            assertEquals(0x20_0000, Layout.of(version).selfTestPassed(), Integer.toHexString(version));
        }
        assertEquals(0x10_0000, Layout.of(0x020001).selfTestPassed());
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() throws IOException {
        assertTrue(reasonForVersion(0x030001).contains("is ipsec-mb 3.0.1, whose layout is not known here"));
    }

    @Test
    void shouldRefuseALibraryWhoseManagerIsLaidOutUnlikeItsVersion() throws IOException {
        // A 1.3 that says it is 1.5: the manager is too small, or its jobs are not where 1.5 has them.
        String reason = reasonForVersion(0x010500);
        assertTrue(reason.contains("manager") || reason.contains("imb_set_session"), reason);
    }

    @Test
    void shouldFindOutWhetherTheJobsAreWhereALayoutHasThem() throws NativeLoadException {
        Installed.assume(new IpsecMbProvider());
        Binding binding = Binding.ofProcess();
        NativeHeap heap = new NativeHeap(binding);
        IpsecMbLibrary library = IpsecMbLibrary.load(binding, heap);
        Layout right = library.layout();
        assertTrue(isLaidOut(library, heap, right));
        int earliest = right.earliestJob();
        int next = right.nextJob();
        int jobs = right.jobs();
        int octets = right.jobOctets();
        List<Layout> wrong = List.of(
                new Layout(next, next, jobs, octets, right.keyDataOctets(), right.emulation()),
                new Layout(earliest, earliest, jobs, octets, right.keyDataOctets(), right.emulation()),
                new Layout(earliest, next, jobs + 8, octets, right.keyDataOctets(), right.emulation()),
                new Layout(earliest, next, jobs, octets + 8, right.keyDataOctets(), right.emulation()));
        for (Layout layout : wrong) {
            assertFalse(isLaidOut(library, heap, layout), layout::toString);
        }
    }

    private static boolean isLaidOut(IpsecMbLibrary library, NativeHeap heap, Layout layout) {
        long manager = heap.allocate(library.managerSize());
        try {
            ByteBuffer view = heap.view(manager, library.managerSize());
            library.initialise(manager, view);
            return library.isLaidOut(layout, heap, manager, view);
        } finally {
            heap.release(manager, library.managerSize());
        }
    }

    /** What a provider says of a copy of the installed 1.3 whose imb_get_version returns something else. */
    private String reasonForVersion(int version) throws IOException {
        Availability installed = new IpsecMbProvider().availability();
        assumeTrue(installed.available(), installed.detail());
        assumeTrue(installed.detail().startsWith("ipsec-mb 1.3.0"), installed.detail());
        String detail = installed.detail();
        byte[] library = Files.readAllBytes(Path.of(detail.substring(detail.lastIndexOf(", ") + 2)));
        // mov eax, 0x00010300; ret
        int at = indexOf(library, new byte[] {(byte) 0xb8, 0, 3, 1, 0, (byte) 0xc3});
        assumeTrue(at > 0, "another compiler made this library");
        for (int i = 0; i < Integer.BYTES; i++) {
            library[at + 1 + i] = (byte) (version >>> (Byte.SIZE * i));
        }
        Path copy = Files.write(directory.resolve("libIPSec_MB.so"), library);
        Availability availability =
                Settings.with(IpsecMbLibrary.PROPERTY, copy.toString(), new IpsecMbProvider()::availability);
        assertFalse(availability.available(), availability.detail());
        return availability.detail();
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (all[i] == part[0] && Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "sse", "avx", "avx2", "avx512"})
    void shouldPassTheKnownAnswersOnEveryGenerationThatTheMachineHas(String generation) {
        Installed.assume(new IpsecMbProvider());
        IpsecMbProvider provider = new IpsecMbProvider();
        Availability availability = Settings.with(Generation.PROPERTY, generation, provider::availability);
        assumeTrue(availability.available(), availability.detail());
        assertTrue(generation.equals("auto") || availability.detail().contains(", " + generation + ","));
        CryptoProviders alone = CryptoProviders.of(List.<CryptoProvider>of(provider));
        for (TransformReport report : alone.report().get(0).transforms()) {
            TransformReport.State expected = report.transform().name().startsWith("aes192ccm")
                    ? TransformReport.State.UNSUPPORTED
                    : TransformReport.State.PASSED;
            assertEquals(expected, report.state(), report::toString);
        }
    }

    @Test
    void shouldRefuseAGenerationThatThereIsNot() {
        Installed.assume(new IpsecMbProvider());
        Availability availability = Settings.with(Generation.PROPERTY, "mmx", new IpsecMbProvider()::availability);
        assertFalse(availability.available());
        assertTrue(availability.detail().contains("\"mmx\""), availability.detail());
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        assertTrue(CryptoProviders.load().names().containsAll(List.of("ipsec-mb", "openssl")));
    }
}
