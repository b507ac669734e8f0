package io.esp4j.tools.sa;

import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text that a command takes whole: SA files, scenarios, what other programs print. Stateless. */
public final class InputText {
    /** Tens of thousands of SAs; what is longer was named by mistake, and would not fit into memory as JSON. */
    private static final int MAX_OCTETS = 16 << 20;

    private InputText() {}

    /**
     * Reads a file, as {@link #read(InputStream, String)} does.
     *
     * @param path where it is
     * @return the whole of it
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static String read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, path.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream
     * @param name stands for it in messages
     * @return the whole of it
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read
     * @throws UserError if it is too long
     */
    public static String read(InputStream in, String name) throws IOException {
        byte[] octets = in.readNBytes(MAX_OCTETS + 1);
        if (octets.length > MAX_OCTETS) {
            throw new UserError(name + ": expected at most " + MAX_OCTETS + " octets of text, found more");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(octets))
                .toString();
    }
}
