package io.esp4j.tools.sa;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.sad.SadMatch;
import io.esp4j.tools.sa.Json.Kind;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An SA file, read and found right. Closing it overwrites the keys. Threads: immutable until then.
 *
 * <pre>{@code
 * {"securityAssociations": [{"name": "a-to-b", "spi": "0x00001000", "mode": "tunnel", ...}]}
 * }</pre>
 */
public final class SaFile implements AutoCloseable {
    private static final String LIST = "securityAssociations";

    private final String text;
    private final List<SaEntry> entries;
    private final Map<SaEntry, SaEntry> sharers;

    private SaFile(String text, List<SaEntry> entries, Map<SaEntry, SaEntry> sharers) {
        this.text = text;
        this.entries = entries;
        this.sharers = sharers;
    }

    /**
     * Reads a file, and warns if others may read it too.
     *
     * @param path where it is
     * @param terminal where the warning goes
     * @return its SAs
     * @throws UserError if it cannot be read or anything in it is wrong
     */
    public static SaFile read(Path path, Terminal terminal) {
        SaFile file = read(path);
        if (isReadableByOthers(path)) {
            terminal.warn(path + ": others may read these keys, expected mode 0600");
        }
        return file;
    }

    /**
     * Reads a file.
     *
     * @param path where it is
     * @return its SAs
     * @throws UserError if it cannot be read or anything in it is wrong
     */
    public static SaFile read(Path path) {
        try {
            return parse(path.toString(), InputText.read(path));
        } catch (CharacterCodingException e) {
            throw new UserError(path + ": is not UTF-8 text, expected a JSON object");
        } catch (NoSuchFileException e) {
            throw new UserError(path + ": no such file, expected an SA file");
        } catch (AccessDeniedException e) {
            throw new UserError(path + ": permission denied, expected a readable SA file");
        } catch (IOException e) {
            throw new UserError(path + ": cannot be read (" + e.getMessage() + "), expected an SA file");
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param name stands for the file in messages
     * @param text the whole of it
     * @return its SAs
     * @throws UserError if anything in it is wrong
     */
    public static SaFile parse(String name, String text) {
        Json root = JsonText.read(name, text);
        if (root.kind() != Kind.OBJECT) {
            throw new UserError(name + ": expected an object with " + LIST + ", found " + root.kind());
        }
        Fields fields = new Fields(name, "", root);
        Json list = fields.list(LIST);
        if (list == null) {
            throw fields.wrong(LIST, "expected a list, found nothing");
        }
        fields.end();
        List<SaEntry> entries = new ArrayList<>();
        for (Json item : list.values()) {
            int position = entries.size() + 1;
            if (item.kind() != Kind.OBJECT) {
                throw new UserError(name + ": SA number " + position + ": expected an object, found " + item.kind());
            }
            entries.add(new SaEntry(new SaEntryReader(name, position, item)));
        }
        requireToldApart(name, entries);
        return new SaFile(text, List.copyOf(entries), sharers(name, entries));
    }

    private static void requireToldApart(String name, List<SaEntry> entries) {
        Map<List<Object>, SaEntry> found = new HashMap<>();
        for (SaEntry sa : entries) {
            List<Object> key = List.of(
                    sa.spi(),
                    sa.match(),
                    sa.match() == SadMatch.SPI ? "" : sa.destination(),
                    sa.match() == SadMatch.SPI_DESTINATION_SOURCE ? sa.source() : "");
            SaEntry other = found.putIfAbsent(key, sa);
            if (other != null) {
                throw new UserError(
                        "%s: SA \"%s\": spi: expected one of its own, found 0x%08x of SA \"%s\", which match does not tell apart"
                                .formatted(name, sa.name(), sa.spi(), other.name()));
            }
        }
    }

    /** Each SA whose key an earlier one has too, with that one: allowed only where both say so. */
    private static Map<SaEntry, SaEntry> sharers(String name, List<SaEntry> entries) {
        Map<SaEntry, SaEntry> sharers = new HashMap<>();
        KeyComparison comparison = new KeyComparison();
        for (SaEntry sa : entries) {
            SaEntry other = comparison.add(sa);
            if (other == null) {
                continue;
            }
            if (!sa.allowSharedKey() || !other.allowSharedKey()) {
                throw new UserError(name + ": SA \"" + sa.name() + "\": " + keyField(sa)
                        + ": expected a key of its own, found that of SA \"" + other.name()
                        + "\" (allowed only if both say \"allowSharedKey\": true)");
            }
            sharers.put(sa, other);
        }
        return sharers;
    }

    private static String keyField(SaEntry sa) {
        return sa.transform().keyOctets() == 0 ? "integrityKey" : "key";
    }

    /**
     * Refuses keys that two SAs share where one of them sends with a combined mode: the same nonces would go out twice under
     * one key (RFC 4106 §3.1).
     *
     * @throws UserError if there is such a pair
     */
    public void requireOwnKeysForSending() {
        sharers.forEach((sa, other) -> {
            if (sa.transform().combined() || other.transform().combined()) {
                throw new UserError("SA \"" + sa.name()
                        + "\": key: expected a key of its own for sending, found that of SA \"" + other.name()
                        + "\": two senders under one key repeat nonces, whatever allowSharedKey says");
            }
        });
    }

    /** {@return the SAs, in the order of the file} */
    public List<SaEntry> entries() {
        return entries;
    }

    /**
     * {@return the text of the file with other numbers, all else as it was}
     *
     * @param sequences one number for each SA, in their order, unsigned
     */
    public String withSequences(long[] sequences) {
        StringBuilder changed = new StringBuilder(text.length());
        int copied = 0;
        for (int i = 0; i < sequences.length; i++) {
            SequencePlace place = entries.get(i).sequencePlace();
            changed.append(text, copied, place.from()).append(place.text(sequences[i]));
            copied = place.to();
        }
        return changed.append(text, copied, text.length()).toString();
    }

    private static boolean isReadableByOthers(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a file system that does not know
        }
    }

    @Override
    public void close() {
        entries.stream().map(SaEntry::material).forEach(KeyingMaterial::destroy);
    }
}
