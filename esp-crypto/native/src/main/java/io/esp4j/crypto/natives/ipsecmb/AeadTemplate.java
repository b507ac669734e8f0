package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Transform;

/** What jobs of the combined modes have in common. No state. */
final class AeadTemplate {
    private AeadTemplate() {}

    static JobTemplate of(IpsecMbContext context, IpsecMbKey key, int direction) {
        Transform transform = key.transform();
        boolean sealing = direction == Job.ENCRYPT;
        int cipher;
        int hash;
        int order;
        switch (transform.cipher()) {
            case AES_GCM -> {
                cipher = Job.CIPHER_GCM;
                hash = Job.HASH_GCM;
                order = Job.CIPHER_THEN_HASH;
            }
            case AES_CCM -> {
                cipher = Job.CIPHER_CCM;
                hash = Job.HASH_CCM;
                order = sealing ? Job.HASH_THEN_CIPHER : Job.CIPHER_THEN_HASH;
            }
            case CHACHA20_POLY1305 -> {
                cipher = Job.CIPHER_CHACHA20_POLY1305;
                hash = Job.HASH_CHACHA20_POLY1305;
                order = sealing ? Job.CIPHER_THEN_HASH : Job.HASH_THEN_CIPHER;
            }
            default -> throw new IllegalArgumentException(transform + " is no combined mode");
        }
        JobTemplate template = new JobTemplate()
                .set(Job.ENCRYPTION_KEYS, key.encryptionKeys())
                .set(Job.DECRYPTION_KEYS, key.decryptionKeys())
                .set(Job.KEY_OCTETS, transform.keyOctets())
                .set(Job.CIPHER_OFFSET, 0)
                .set(Job.HASH_OFFSET, 0)
                .set(Job.IV_OCTETS, key.layout().nonceOctets())
                .set(Job.ICV_OCTETS, transform.icvOctets())
                .set(Job.AAD_OCTETS, transform.aadOctets(key.esn()))
                .set(Job.STATUS_AND_CIPHER, 0, cipher)
                .set(Job.DIRECTION_AND_HASH, direction, hash)
                .set(Job.CHAIN_ORDER, order)
                .nonce(Job.IV, key.salt())
                .aad(Job.AAD, transform.aadOctets(key.esn()));
        return context.withSuite(template);
    }
}
