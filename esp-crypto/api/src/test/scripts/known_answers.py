#!/usr/bin/env python3
"""Prints known-answers.txt: two ESP packets of every transform, computed with OpenSSL (python3-cryptography) and hmac.

Written from the RFCs and not from the Java code: 4106, 4309, 4543, 7634, 8750, 3602, 4868, 2404, 4303.
Keys, IVs and plaintexts are SHA-256 of their names, so that the file can be made again.
"""
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305

HASHES = {"sha1": (20, 12), "sha256": (32, 16), "sha384": (48, 24), "sha512": (64, 32)}


def octets(name, count):
    out = b""
    while len(out) < count:
        out += hashlib.sha256(("%s %d" % (name, len(out))).encode()).digest()
    return out[:count]


def gcm(key, nonce, aad, text, icv):
    encryptor = Cipher(algorithms.AES(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    sealed = encryptor.update(text) + encryptor.finalize()
    return sealed + encryptor.tag[:icv]


def combined(name, kind, key_octets, salt_octets, icv, implicit, esn, sequence):
    material = octets(name + " key", key_octets + salt_octets)
    key, salt = material[:key_octets], material[key_octets:]
    spi = octets(name + " spi", 4)
    wire = struct.pack(">I", sequence & 0xFFFFFFFF)
    iv = struct.pack(">Q", sequence) if implicit else octets(name + " iv", 8)
    text = octets(name + " text", 52 if esn else 38)
    aad = spi + (struct.pack(">Q", sequence) if esn else wire)
    nonce = salt + iv
    if kind == "gcm":
        sealed = gcm(key, nonce, aad, text, icv)
    elif kind == "ccm":
        sealed = AESCCM(key, tag_length=icv).encrypt(nonce, text, aad)
    elif kind == "chacha":
        sealed = ChaCha20Poly1305(key).encrypt(nonce, text, aad)
    else:
        sealed = text + gcm(key, nonce, aad + iv + text, b"", icv)
    return material, b"", text, spi + wire + (b"" if implicit else iv) + sealed


def separate(name, key_octets, digest, esn, sequence):
    integrity_octets, icv = HASHES[digest]
    key, integrity = octets(name + " key", key_octets), octets(name + " integrity key", integrity_octets)
    spi = octets(name + " spi", 4)
    wire = struct.pack(">I", sequence & 0xFFFFFFFF)
    text = octets(name + " text", 48 if esn else 32)
    body = text
    if key_octets:
        iv = octets(name + " iv", 16)
        encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
        body = iv + encryptor.update(text) + encryptor.finalize()
    covered = spi + wire + body
    implicit = struct.pack(">I", sequence >> 32) if esn else b""
    return key, integrity, text, covered + hmac.new(integrity, covered + implicit, digest).digest()[:icv]


def emit(name, make):
    for esn, sequence in ((False, 0xC0FFEE01), (True, 0x00000007C0FFEE02)):
        key, integrity, text, packet = make(esn, sequence)
        print(name, "esn" if esn else "sn", "%016x" % sequence, key.hex() or "-", integrity.hex() or "-",
              text.hex(), packet.hex())


print("# Made by known_answers.py with OpenSSL. Fields: transform, sn or esn, 64-bit number, key and salt,")
print("# integrity key, plaintext, packet from SPI to ICV.")
for key_octets in (16, 24, 32):
    for kind, salt_octets in (("gcm", 4), ("ccm", 3)):
        for icv in (8, 12, 16):
            for implicit in (False, True):
                name = "aes%d%s%d%s" % (key_octets * 8, kind, icv, "-iiv" if implicit else "")
                emit(name, lambda e, s: combined(name, kind, key_octets, salt_octets, icv, implicit, e, s))
    name = "aes%dgmac" % (key_octets * 8)
    emit(name, lambda e, s: combined(name, "gmac", key_octets, 4, 16, False, e, s))
for implicit in (False, True):
    name = "chacha20poly1305" + ("-iiv" if implicit else "")
    emit(name, lambda e, s: combined(name, "chacha", 32, 4, 16, implicit, e, s))
for key_octets in (16, 24, 32, 0):
    for digest in HASHES:
        name = ("aes%d-" % (key_octets * 8) if key_octets else "null-") + digest
        emit(name, lambda e, s: separate(name, key_octets, digest, e, s))
