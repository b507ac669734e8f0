#include "transform.h"

const struct transform transforms[] = {
    { "aes128gcm16", AES_GCM, 16, 4 },
    { "aes256gcm16", AES_GCM, 32, 4 },
    { "aes128ccm16", AES_CCM, 16, 3 },
    { "chacha20poly1305", CHACHA20_POLY1305, 32, 4 },
};
const size_t transform_count = sizeof(transforms) / sizeof(transforms[0]);

#ifdef WITH_OPENSSL

#include <openssl/evp.h>

bool reference_available(void)
{
    return true;
}

static const EVP_CIPHER *evp_cipher(const struct transform *transform)
{
    switch (transform->cipher) {
    case AES_GCM:
        return transform->key_octets == 16 ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
    case AES_CCM:
        return EVP_aes_128_ccm();
    default:
        return EVP_chacha20_poly1305();
    }
}

bool reference_seal(const struct transform *transform, const struct sealing *sealing)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written;
    int nonce_octets = (int)transform->salt_octets + IV_OCTETS;
    bool ccm = transform->cipher == AES_CCM;
    bool good = context != NULL
        && EVP_EncryptInit_ex(context, evp_cipher(transform), NULL, NULL, NULL) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, nonce_octets, NULL) == 1
        /* CCM wants the lengths of ICV and plaintext before anything else */
        && (!ccm || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, ICV_OCTETS, NULL) == 1)
        && EVP_EncryptInit_ex(context, NULL, NULL, sealing->key, sealing->nonce) == 1
        && (!ccm || EVP_EncryptUpdate(context, NULL, &written, NULL, (int)sealing->octets) == 1)
        && EVP_EncryptUpdate(context, NULL, &written, sealing->aad, (int)sealing->aad_octets) == 1
        && EVP_EncryptUpdate(context, sealing->ciphertext, &written, sealing->plaintext, (int)sealing->octets) == 1
        && EVP_EncryptFinal_ex(context, sealing->ciphertext + written, &written) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, ICV_OCTETS, sealing->icv) == 1;
    EVP_CIPHER_CTX_free(context);
    return good;
}

#else

bool reference_available(void)
{
    return false;
}

bool reference_seal(const struct transform *transform, const struct sealing *sealing)
{
    (void)transform;
    (void)sealing;
    return false;
}

#endif
