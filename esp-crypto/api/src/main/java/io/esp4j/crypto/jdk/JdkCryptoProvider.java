package io.esp4j.crypto.jdk;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.JcaBinding;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.WorkerContext;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.HashSet;
import java.util.Set;

/**
 * Computes every transform with what the JDK has: ciphers of SunJCE and hashes of SUN; or with those of a JCA provider that
 * the user names. Threads: safe to share; what is there is found out once, under a lock.
 */
public final class JdkCryptoProvider implements CryptoProvider, JcaBinding {
    private final String name;
    private final String cipherProvider;
    private final String hashProvider;
    private Found found;

    /** The JDK's own; for {@link java.util.ServiceLoader}. */
    public JdkCryptoProvider() {
        this("jdk", "SunJCE", "SUN");
    }

    private JdkCryptoProvider(String name, String cipherProvider, String hashProvider) {
        this.name = name;
        this.cipherProvider = cipherProvider;
        this.hashProvider = hashProvider;
    }

    @Override
    public CryptoProvider bind(String jcaProvider) {
        return new JdkCryptoProvider("jca:" + jcaProvider, jcaProvider, jcaProvider);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Availability availability() {
        return found().availability;
    }

    @Override
    public boolean supports(Transform transform) {
        return found().transforms.contains(transform);
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        if (!supports(transform)) {
            throw new IllegalArgumentException("provider " + name + " does not compute " + transform);
        }
        try {
            return new JcaKey(found().jca, transform, esn, material);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("provider " + name + " lost an algorithm of " + transform, e);
        }
    }

    @Override
    public CryptoContext newContext() {
        return new WorkerContext<>(name, JcaKey.class, JdkCryptoProvider::session);
    }

    private static ArraySession session(JcaKey key, WorkerContext<JcaKey> context) {
        Transform transform = key.transform();
        Jca jca = key.jca();
        RawKey cipherKey = key.cipherKey();
        int nonceOctets = key.layout().nonceOctets();
        int icvOctets = transform.icvOctets();
        try {
            return switch (transform.cipher()) {
                case AES_GCM -> new CombinedSession(key, context, gcm(jca, cipherKey, nonceOctets, icvOctets));
                case AES_CCM -> new CombinedSession(key, context, new Ccm(jca, cipherKey, nonceOctets, icvOctets));
                case CHACHA20_POLY1305 -> new CombinedSession(key, context, JceAead.chaCha20Poly1305(jca, cipherKey));
                case AES_GMAC -> new GmacSession(key, context, JceAead.gcm(jca, cipherKey, nonceOctets, icvOctets));
                case AES_CBC -> new SeparateSession(key, context, new Cbc(jca, cipherKey), key.newHmac());
                case NULL -> new SeparateSession(key, context, null, key.newHmac());
            };
        } catch (GeneralSecurityException e) {
            throw new ProviderException("an algorithm of " + transform + " was lost", e);
        }
    }

    /** GCM with whatever length of ICV. */
    static Aead gcm(Jca jca, RawKey key, int nonceOctets, int icvOctets) throws GeneralSecurityException {
        return icvOctets < 12 ? new ShortGcm(jca, key, icvOctets) : JceAead.gcm(jca, key, nonceOctets, icvOctets);
    }

    private synchronized Found found() {
        if (found == null) {
            found = find();
        }
        return found;
    }

    private Found find() {
        Provider ciphers = Security.getProvider(cipherProvider);
        Provider hashes = Security.getProvider(hashProvider);
        if (ciphers == null || hashes == null) {
            String missing = ciphers == null ? cipherProvider : hashProvider;
            return new Found(
                    Availability.unavailable("no JCA provider is installed under the name " + missing), null, Set.of());
        }
        Jca jca = new Jca(ciphers, hashes);
        Set<Transform> transforms = new HashSet<>();
        for (Transform transform : Transform.all()) {
            if (computes(jca, transform)) {
                transforms.add(transform);
            }
        }
        String detail = ciphers.getName() + " " + ciphers.getVersionStr() + " on Java " + Runtime.version();
        return new Found(Availability.available(detail), jca, transforms);
    }

    private static boolean computes(Jca jca, Transform transform) {
        boolean cipher =
                switch (transform.cipher()) {
                    case AES_GCM ->
                        transform.icvOctets() < 12 ? jca.hasCiphers(Jca.GCM, Jca.CTR) : jca.hasCiphers(Jca.GCM);
                    case AES_GMAC -> jca.hasCiphers(Jca.GCM);
                    case AES_CCM -> jca.hasCiphers(Jca.CTR, Jca.CBC);
                    case CHACHA20_POLY1305 -> jca.hasCiphers(Jca.CHACHA20_POLY1305);
                    case AES_CBC -> jca.hasCiphers(Jca.CBC);
                    case NULL -> true;
                };
        return cipher && (transform.combined() || jca.hasHash(JcaKey.hashName(transform.integrity())));
    }

    /** What a look at the installed JCA providers gave. */
    private record Found(Availability availability, Jca jca, Set<Transform> transforms) {}
}
