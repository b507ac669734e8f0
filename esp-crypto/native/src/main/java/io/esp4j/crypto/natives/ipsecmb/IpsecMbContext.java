package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.natives.NativeContext;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import java.nio.LongBuffer;

/** One thread's manager. Threads: single owner thread; any thread may close it. */
final class IpsecMbContext extends NativeContext {
    private final IpsecMbLibrary library;
    private final MultiBuffer multiBuffer;

    IpsecMbContext(IpsecMbLibrary library, Binding binding, NativeHeap heap) {
        super(heap, binding, binding.octetsPerCall());
        this.library = library;
        multiBuffer = new MultiBuffer(library, heap);
    }

    /** Adds what the library wants to know about a suite of cipher and hash, since 1.4, before a burst of it. */
    JobTemplate withSuite(JobTemplate template) {
        if (library.setSession() == null) {
            return template;
        }
        int octets = library.layout().jobOctets();
        long job = heap().allocate(octets);
        try {
            LongBuffer words = heap().view(job, octets).asLongBuffer();
            for (int field = 0; field < template.fields(); field++) {
                words.put(template.position(field), template.value(field));
            }
            library.setSession().call(multiBuffer.address(0), job);
            if (multiBuffer.error() != 0) {
                throw new IllegalStateException("ipsec-mb refuses a job's suite of cipher and hash");
            }
            for (int position = Job.SUITE; position < library.layout().jobWords(); position++) {
                template.set(position, words.get(position));
            }
            return template;
        } finally {
            heap().release(job, octets);
        }
    }

    IpsecMbLibrary library() {
        return library;
    }

    MultiBuffer multiBuffer() {
        return multiBuffer;
    }

    @Override
    public CryptoSession session(CryptoKey key) {
        if (!(key instanceof IpsecMbKey own)) {
            throw new IllegalArgumentException("expected a key of ipsec-mb, found " + key);
        }
        return adopt(() -> switch (own.transform().cipher()) {
            case AES_GCM, AES_CCM, CHACHA20_POLY1305 -> new AeadSession(this, own);
            case AES_GMAC -> new GmacSession(this, own);
            case AES_CBC, NULL -> new HmacSession(this, own);
        });
    }

    @Override
    protected void release() {
        multiBuffer.free();
    }
}
