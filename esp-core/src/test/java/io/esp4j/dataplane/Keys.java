package io.esp4j.dataplane;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.wire.Packets;
import java.util.Random;

/** Key octets for tests, the same for the engine and for the oracle. Immutable. */
final class Keys {
    private final Transform transform;
    private final byte[] key;
    private final byte[] integrityKey;

    private Keys(Transform transform, byte[] key, byte[] integrityKey) {
        this.transform = transform;
        this.key = key;
        this.integrityKey = integrityKey;
    }

    /** Random keys of a transform's lengths, the same ones for the same seed. */
    static Keys of(Transform transform, long seed) {
        Random random = new Random(seed);
        return new Keys(
                transform,
                Packets.random(random, transform.keyOctets() + transform.saltOctets()),
                Packets.random(random, transform.integrityKeyOctets()));
    }

    Transform transform() {
        return transform;
    }

    byte[] key() {
        return key;
    }

    KeyingMaterial material() {
        return KeyingMaterial.of(key, integrityKey);
    }

    EspOracle oracle(boolean esn) {
        return new EspOracle(transform.name(), esn, key, integrityKey);
    }
}
