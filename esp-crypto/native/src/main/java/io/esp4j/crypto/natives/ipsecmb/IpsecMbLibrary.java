package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.LibrarySearch;
import io.esp4j.crypto.natives.binding.Linkage;
import io.esp4j.crypto.natives.binding.NativeCall;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLibrary;
import io.esp4j.crypto.natives.binding.NativeLoadException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The loaded library: its version's layout, and the functions of one processor generation, read from a manager. Threads: immutable.
 */
public final class IpsecMbLibrary {
    /** System property that names the library's file. */
    static final String PROPERTY = "esp4j.ipsecmb.library";

    private static final List<String> NAMES = List.of("libIPSec_MB.so.2", "libIPSec_MB.so.1");
    private static final int MAXIMUM_MANAGER_OCTETS = 16 * 1024 * 1024;

    private final Binding binding;
    private final NativeLibrary library;
    private final Layout layout;
    private final int managerOctets;
    private final NativeCall.Of3 setPointers;
    private final NativeCall.Of2 initialise;
    private final NativeCall.Of2 setSession;
    private final String description;
    private final NativeCall.Of3 getNextBurst;
    private final NativeCall.Of3 submitBurst;
    private final NativeCall.Of3 flushBurst;
    private final NativeCall.Of6 cipherBurst;
    private final NativeCall.Of4 hashBurst;
    private final NativeCall.Of3[] expandAes = new NativeCall.Of3[3];
    private final NativeCall.Of2[] expandGcm = new NativeCall.Of2[3];
    private final NativeCall.InPlace[] sealGcm = new NativeCall.InPlace[3];
    private final NativeCall.InPlace[] openGcm = new NativeCall.InPlace[3];
    private final NativeCall.Of2[] hashBlock = new NativeCall.Of2[5];

    private IpsecMbLibrary(NativeLibrary library, Binding binding, NativeHeap heap, Generation generation)
            throws NativeLoadException {
        this.library = library;
        this.binding = binding;
        if (!library.has("imb_get_version")) {
            throw new NativeLoadException(library.file() + " is not Intel's ipsec-mb: it has no imb_get_version");
        }
        int version = (int) ordinary("imb_get_version", NativeCall.Of1.class).call(0);
        String text = (version >>> 16) + "." + (version >>> 8 & 0xff) + "." + (version & 0xff);
        layout = Layout.of(version);
        if (layout == null) {
            throw new NativeLoadException(library.file() + " is ipsec-mb " + text
                    + ", whose layout is not known here: expected 1.3, 1.4, 1.5 or 2.0");
        }
        setPointers = ordinary("imb_set_pointers_mb_mgr", NativeCall.Of3.class);
        if (!library.has(generation.initialiser())) {
            throw new NativeLoadException("ipsec-mb " + text + " has no code for " + generation.text());
        }
        initialise = ordinary(generation.initialiser(), NativeCall.Of2.class);
        setSession = layout.suites() ? ordinary("imb_set_session", NativeCall.Of2.class) : null;
        managerOctets = managerOctets();
        long manager = heap.allocate(managerOctets);
        try {
            ByteBuffer view = heap.view(manager, managerOctets);
            start(manager, view, text);
            getNextBurst = function(view, Layout.GET_NEXT_BURST, NativeCall.Of3.class);
            submitBurst = function(view, Layout.SUBMIT_BURST_NOCHECK, NativeCall.Of3.class);
            flushBurst = function(view, Layout.FLUSH_BURST, NativeCall.Of3.class);
            cipherBurst = function(view, Layout.SUBMIT_CIPHER_BURST_NOCHECK, NativeCall.Of6.class);
            hashBurst = function(view, Layout.SUBMIT_HASH_BURST_NOCHECK, NativeCall.Of4.class);
            for (int i = 0; i < 3; i++) {
                expandAes[i] = function(view, Layout.KEYEXP_128 + i * Long.BYTES, NativeCall.Of3.class);
                expandGcm[i] = function(view, Layout.GCM128_PRE + i * Long.BYTES, NativeCall.Of2.class);
                if (binding.passesArrays()) {
                    sealGcm[i] = function(view, Layout.GCM128_ENCRYPT + i * Long.BYTES, NativeCall.InPlace.class);
                    openGcm[i] = function(view, Layout.GCM128_DECRYPT + i * Long.BYTES, NativeCall.InPlace.class);
                }
            }
            for (int i = 0; i < hashBlock.length; i++) {
                hashBlock[i] = function(view, Layout.SHA1_ONE_BLOCK + i * Long.BYTES, NativeCall.Of2.class);
            }
            if (!isLaidOut(layout, heap, manager, view)) {
                throw new NativeLoadException("ipsec-mb " + text + " of " + library.file()
                        + " keeps its jobs elsewhere than that version does");
            }
            description = "ipsec-mb " + text + ", " + Generation.used(view.getInt(Layout.USED_ARCH), layout)
                    + ", through " + binding.name() + ", " + library.file();
        } finally {
            heap.release(manager, managerOctets);
        }
    }

    /**
     * Loads the library.
     *
     * @throws NativeLoadException if that can't be done, with the reason
     */
    static IpsecMbLibrary load(Binding binding, NativeHeap heap) throws NativeLoadException {
        String arch = System.getProperty("os.arch");
        if (!arch.equals("amd64") && !arch.equals("x86_64")) {
            throw new NativeLoadException("ipsec-mb is for x86-64, this machine is " + arch);
        }
        Generation generation = Generation.wished();
        return LibrarySearch.load(
                PROPERTY,
                NAMES,
                file -> new IpsecMbLibrary(NativeLibrary.load(file, binding, heap), binding, heap, generation));
    }

    private <C extends NativeCall> C ordinary(String name, Class<C> shape) throws NativeLoadException {
        return library.function(name, shape, Linkage.ORDINARY);
    }

    private <C extends NativeCall> C function(ByteBuffer view, int position, Class<C> shape)
            throws NativeLoadException {
        long address = view.getLong(position);
        if (address == 0) {
            throw new NativeLoadException(library.file() + " has no function at octet " + position + " of its manager");
        }
        return binding.link(address, shape, Linkage.BRIEF);
    }

    private int managerOctets() throws NativeLoadException {
        long octets = ordinary("imb_get_mb_mgr_size", NativeCall.Of1.class).call(0);
        if (octets < layout.managerOctets() || octets > MAXIMUM_MANAGER_OCTETS) {
            throw new NativeLoadException(library.file() + " says its manager has " + octets + " octets, expected from "
                    + layout.managerOctets() + " to " + MAXIMUM_MANAGER_OCTETS);
        }
        return (int) octets;
    }

    private void start(long manager, ByteBuffer view, String version) throws NativeLoadException {
        initialise(manager, view);
        int error = view.getInt(Layout.ERRNO);
        if (error != 0 || (view.getLong(Layout.FEATURES) & layout.selfTestPassed()) == 0) {
            String reason = library.text(
                    ordinary("imb_get_strerror", NativeCall.Of1.class).call(error));
            throw new NativeLoadException("ipsec-mb " + version + " does not start on this processor: "
                    + (error == 0 ? "its self-test failed" : reason));
        }
    }

    /**
     * Asks the library for two jobs of a manager that is as new; {@return whether they are where a layout says that they are}.
     *
     * @param supposed the layout
     * @param heap has room for two pointers
     * @param manager the manager's address
     * @param view the manager's octets
     */
    boolean isLaidOut(Layout supposed, NativeHeap heap, long manager, ByteBuffer view) {
        int pointerOctets = 2 * Long.BYTES;
        long pointers = heap.allocate(pointerOctets);
        try {
            ByteBuffer pointerView = heap.view(pointers, pointerOctets);
            boolean empty = view.getInt(supposed.earliestJob()) == -1;
            int third = 2 * supposed.jobOctets();
            view.putInt(supposed.nextJob(), third);
            long count = (int) getNextBurst.call(manager, 2, pointers);
            long first = manager + supposed.jobs() + third;
            return empty
                    && count == 2
                    && pointerView.getLong(0) == first
                    && pointerView.getLong(Long.BYTES) == first + supposed.jobOctets();
        } finally {
            heap.release(pointers, pointerOctets);
        }
    }

    /** Makes a manager as new; it must have {@link #managerOctets} octets. */
    void initialise(long manager, ByteBuffer view) {
        setPointers.call(manager, 0, 1);
        initialise.call(manager, 0);
        view.putInt(layout.nextJob(), 0);
    }

    Layout layout() {
        return layout;
    }

    /** {@return version, generation, binding and file} */
    String description() {
        return description;
    }

    /** {@return what a manager takes} */
    int managerSize() {
        return managerOctets;
    }

    /** {@return the function that finds a job's suite, null before 1.4} */
    NativeCall.Of2 setSession() {
        return setSession;
    }

    NativeCall.Of3 submitBurst() {
        return submitBurst;
    }

    NativeCall.Of3 flushBurst() {
        return flushBurst;
    }

    NativeCall.Of6 cipherBurst() {
        return cipherBurst;
    }

    NativeCall.Of4 hashBurst() {
        return hashBurst;
    }

    /** {@return what expands an AES key of 16, 24 or 32 octets: (key, encryption keys, decryption keys)} */
    NativeCall.Of3 expandAes(int keyOctets) {
        return expandAes[(keyOctets - 16) / 8];
    }

    /** {@return what expands an AES key for GCM: (key, {@code gcm_key_data})} */
    NativeCall.Of2 expandGcm(int keyOctets) {
        return expandGcm[(keyOctets - 16) / 8];
    }

    /** {@return whether there are {@link #sealGcm} and {@link #openGcm}} */
    boolean worksOnArrays() {
        return binding.passesArrays();
    }

    /** {@return what seals with AES-GCM: (key data, context, output, input, octets, IV, AAD, octets, ICV, octets)} */
    NativeCall.InPlace sealGcm(int keyOctets) {
        return sealGcm[(keyOctets - 16) / 8];
    }

    /** {@return what opens with AES-GCM, and writes the ICV that would be right} */
    NativeCall.InPlace openGcm(int keyOctets) {
        return openGcm[(keyOctets - 16) / 8];
    }

    /** {@return what hashes one block into a state; SHA-1, 224, 256, 384, 512 by index} */
    NativeCall.Of2 hashBlock(int index) {
        return hashBlock[index];
    }
}
