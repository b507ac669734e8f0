package io.esp4j.tools.packet;

import io.esp4j.io.capture.LinkType;
import io.esp4j.io.capture.PcapWriter;
import io.esp4j.io.file.AtomicFile;
import io.esp4j.tools.terminal.UserError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * OUT and the verdict file: both appear at the end, or neither is there, not even one of an earlier run, which could be taken
 * for this one's. What turns out to be an input as well stays. Threads: single owner thread.
 */
final class OutputFiles implements AutoCloseable {
    private final ConversionOptions options;
    private final PcapWriter capture;
    private final AtomicFile verdictFile;
    private final Writer verdicts;
    private boolean committed;

    private OutputFiles(ConversionOptions options, PcapWriter capture, AtomicFile verdictFile) {
        this.options = options;
        this.capture = capture;
        this.verdictFile = verdictFile;
        verdicts = verdictFile == null
                ? Writer.nullWriter()
                : new BufferedWriter(new OutputStreamWriter(verdictFile.stream(), StandardCharsets.US_ASCII));
    }

    private static void requireDifferent(ConversionOptions options) throws IOException {
        require(options.out, "OUT", options.in, "IN");
        require(options.out, "OUT", options.saFile, "the SA file");
        if (options.verdicts != null) {
            require(options.verdicts, "the verdict file", options.in, "IN");
            require(options.verdicts, "the verdict file", options.saFile, "the SA file");
            require(options.verdicts, "the verdict file", options.out, "OUT");
        }
        if (options.saOut != null) {
            require(options.saOut, "the new SA file", options.in, "IN");
            require(options.saOut, "the new SA file", options.out, "OUT");
            if (options.verdicts != null) {
                require(options.saOut, "the new SA file", options.verdicts, "the verdict file");
            }
        }
    }

    private static void require(Path file, String what, Path other, String otherWhat) throws IOException {
        if (isSame(file, other)) {
            throw new UserError(file + ": is both " + otherWhat + " and " + what + ", expected two files");
        }
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        if (Files.exists(file) && Files.exists(other)) {
            return Files.isRegularFile(file) && Files.isSameFile(file, other);
        }
        return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    /**
     * Starts the files.
     *
     * @throws UserError if an output is an input or another output
     * @throws IOException if one cannot be written; then, too, neither is there
     */
    static OutputFiles create(ConversionOptions options) throws IOException {
        try {
            requireDifferent(options);
            PcapWriter capture = PcapWriter.create(options.out, LinkType.RAW, options.in);
            try {
                AtomicFile verdicts = options.verdicts == null
                        ? null
                        : AtomicFile.create(options.verdicts, options.in, options.saFile);
                return new OutputFiles(options, capture, verdicts);
            } catch (IOException | RuntimeException e) {
                capture.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            try {
                discard(options);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    PcapWriter capture() {
        return capture;
    }

    void verdict(String line) throws IOException {
        verdicts.write(line);
    }

    /** Ends the verdicts: afterwards only the commit can fail. */
    void end() throws IOException {
        verdicts.flush();
    }

    /** Puts both files into place. */
    void commit() throws IOException {
        if (verdictFile != null) {
            verdictFile.commit();
        }
        capture.commit();
        committed = true;
    }

    /** Without a commit, leaves neither file. */
    @Override
    public void close() throws IOException {
        try (verdictFile) {
            capture.close();
        }
        if (!committed) {
            discard(options);
        }
    }

    /** Removes what an earlier run left under the names of the outputs, but nothing that this one was to read. */
    private static void discard(ConversionOptions options) throws IOException {
        for (Path file : Arrays.asList(options.out, options.verdicts)) {
            if (file != null && Files.isRegularFile(file) && !isRead(file, options)) {
                Files.delete(file);
            }
        }
    }

    /** A new SA file that exists is kept as well: it has the numbers of an earlier run. */
    private static boolean isRead(Path file, ConversionOptions options) throws IOException {
        return isSame(file, options.in)
                || isSame(file, options.saFile)
                || (options.saOut != null && isSame(file, options.saOut));
    }
}
