package io.esp4j.crypto;

import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.Memory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Known answers: two ESP packets of every transform, without and with ESN, computed by another implementation.
 *
 * <p>A provider must open the packet to its plaintext, seal the plaintext to the packet, and refuse the packet with one
 * bit of the ICV changed, releasing nothing; again after other packets, and as one of many; each in an array and in direct memory.
 * Threads: immutable.
 */
final class KnownAnswers {
    private static final String RESOURCE = "known-answers.txt";
    private static final int PACKET_AT = 16;

    /** More than a library has lanes for one cipher. */
    private static final int PACKETS = 17;

    private KnownAnswers() {}

    /**
     * One packet.
     *
     * @param transform its transform
     * @param esn whether sequence numbers are 64 bits long
     * @param sequence its 64-bit number
     * @param key encryption key and salt
     * @param integrityKey key of the HMAC
     * @param plaintext payload, padding, pad length, next header
     * @param packet SPI to ICV
     */
    @SuppressWarnings("ArrayRecordComponent") // read only, and keys of no SA
    record Answer(
            Transform transform,
            boolean esn,
            long sequence,
            byte[] key,
            byte[] integrityKey,
            byte[] plaintext,
            byte[] packet) {

        static Answer parse(String line) {
            String[] field = line.split(" ", -1);
            HexFormat hex = HexFormat.of();
            return new Answer(
                    Transform.named(field[0]),
                    field[1].equals("esn"),
                    HexFormat.fromHexDigitsToLong(field[2]),
                    field[3].equals("-") ? new byte[0] : hex.parseHex(field[3]),
                    field[4].equals("-") ? new byte[0] : hex.parseHex(field[4]),
                    hex.parseHex(field[5]),
                    hex.parseHex(field[6]));
        }

        /** The packet before it is sealed. */
        byte[] clear() {
            byte[] clear = Arrays.copyOf(packet, packet.length - transform.icvOctets());
            System.arraycopy(plaintext, 0, clear, clear.length - plaintext.length, plaintext.length);
            return Arrays.copyOf(clear, packet.length);
        }

        /** The packet with one bit of the ICV changed. */
        byte[] forged() {
            byte[] forged = packet.clone();
            forged[forged.length - 1] ^= 0x10;
            return forged;
        }
    }

    /** Read on first use, once. */
    private static final class Resource {
        static final Map<Transform, List<Answer>> ANSWERS =
                read().stream().collect(Collectors.groupingBy(Answer::transform));
    }

    static List<Answer> of(Transform transform) {
        return Resource.ANSWERS.getOrDefault(transform, List.of());
    }

    private static List<Answer> read() {
        List<Answer> answers = new ArrayList<>();
        try (InputStream in = KnownAnswers.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    answers.add(Answer.parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    /** Why a provider fails at a transform, or nothing if it passes. */
    static Optional<String> check(CryptoProvider provider, Transform transform) {
        List<Answer> answers = of(transform);
        if (answers.isEmpty()) {
            return Optional.of("there is no known answer");
        }
        try {
            for (Answer answer : answers) {
                Optional<String> failure = check(provider, answer);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of("known-answer test ended with " + CryptoProviders.reason(e));
        }
    }

    private static Optional<String> check(CryptoProvider provider, Answer answer) {
        KeyingMaterial material = KeyingMaterial.of(answer.key, answer.integrityKey);
        try (CryptoKey key = provider.expand(answer.transform, answer.esn, material);
                CryptoContext context = provider.newContext()) {
            int octets = PACKET_AT + PACKETS * answer.packet.length;
            for (Memory memory : List.of(Memory.of(new byte[octets]), Memory.allocateDirect(octets))) {
                try (CryptoSession session = context.session(key)) {
                    String failure = check(session, memory, answer);
                    if (failure != null) {
                        return Optional.of("known-answer test: " + failure + (answer.esn ? " with ESN" : ""));
                    }
                }
            }
        } finally {
            material.destroy();
        }
        return Optional.empty();
    }

    private static String check(CryptoSession session, Memory memory, Answer answer) {
        Attempt attempt = new Attempt(memory, answer);
        if (attempt.seal(session) != CryptoBurst.DONE || !attempt.holds(answer.packet)) {
            return "a wrong packet was sealed";
        }
        if (attempt.open(session, answer.packet, false) != CryptoBurst.DONE || !attempt.holdsPlaintext()) {
            return "a genuine packet was not opened";
        }
        byte[] forged = answer.forged();
        if (attempt.open(session, forged, false) != CryptoBurst.ICV_MISMATCH) {
            return "a forged packet was not refused";
        }
        if (encrypts(answer.transform) && attempt.holdsPlaintext()) {
            return "plaintext of a forged packet was released";
        }
        if (attempt.open(session, forged, true) != CryptoBurst.ICV_MISMATCH || !attempt.holds(forged)) {
            return "a forged packet was not restored";
        }
        if (attempt.sealOther(session, 1) != CryptoBurst.DONE
                || attempt.sealOther(session, 2) != CryptoBurst.DONE
                || attempt.seal(session) != CryptoBurst.DONE
                || !attempt.holds(answer.packet)) {
            return "a wrong packet was sealed after others";
        }
        if (!attempt.opensMany(session)) {
            return "a genuine packet among many was not opened";
        }
        return null;
    }

    private static boolean encrypts(Transform transform) {
        return transform.cipher() != Cipher.NULL && transform.cipher() != Cipher.AES_GMAC;
    }

    /** One packet in one memory. */
    private record Attempt(Memory memory, Answer answer) {

        private byte run(CryptoSession session, byte[] octets, long sequence, boolean seal, boolean restore) {
            memory.write(PACKET_AT, octets, 0, octets.length);
            CryptoBurst burst = new CryptoBurst(1);
            burst.reset(memory);
            burst.add(PACKET_AT, octets.length, sequence);
            if (seal) {
                session.seal(burst, 0, 1);
            } else {
                session.open(burst, 0, 1, restore);
            }
            return burst.status(0);
        }

        byte seal(CryptoSession session) {
            return run(session, answer.clear(), answer.sequence, true, false);
        }

        /** Seals the packet with another number and another IV. */
        byte sealOther(CryptoSession session, int change) {
            byte[] other = answer.clear();
            other[EspLayout.HEADER_OCTETS - 1] ^= (byte) change;
            int ivOctets = answer.transform.ivOctets();
            if (ivOctets > 0) {
                other[EspLayout.HEADER_OCTETS + ivOctets - 1] ^= (byte) change;
            }
            return run(session, other, answer.sequence ^ change, true, false);
        }

        boolean opensMany(CryptoSession session) {
            int octets = answer.packet.length;
            CryptoBurst burst = new CryptoBurst(PACKETS);
            burst.reset(memory);
            for (int i = 0; i < PACKETS; i++) {
                memory.write(PACKET_AT + i * octets, answer.packet, 0, octets);
                burst.add(PACKET_AT + i * octets, octets, answer.sequence);
            }
            session.open(burst, 0, PACKETS, false);
            for (int i = 0; i < PACKETS; i++) {
                if (burst.status(i) != CryptoBurst.DONE || !holdsPlaintext(burst.offset(i))) {
                    return false;
                }
            }
            return true;
        }

        byte open(CryptoSession session, byte[] octets, boolean restore) {
            return run(session, octets, answer.sequence, false, restore);
        }

        boolean holds(byte[] octets) {
            byte[] found = new byte[octets.length];
            memory.read(PACKET_AT, found, 0, found.length);
            return Arrays.equals(found, octets);
        }

        boolean holdsPlaintext() {
            return holdsPlaintext(PACKET_AT);
        }

        private boolean holdsPlaintext(int packetAt) {
            byte[] found = new byte[answer.plaintext.length];
            int textAt = packetAt + answer.packet.length - answer.transform.icvOctets() - found.length;
            memory.read(textAt, found, 0, found.length);
            return Arrays.equals(found, answer.plaintext);
        }
    }
}
