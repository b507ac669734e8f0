package io.esp4j.crypto.natives.binding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Looks at a shared library before the dynamic linker does: that maps a file which was cut short, and the process dies of
 * {@code SIGBUS} at the first relocation beyond the end. Libraries of other formats than ELF are refused. No state.
 */
final class ElfFile {
    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int TYPE_SHARED = 3;
    private static final int PT_LOAD = 1;
    private static final int HEADER_OCTETS = 64;
    private static final int PROGRAM_HEADER_OCTETS = 56;
    private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "x86_64", 62, "aarch64", 183);

    private ElfFile() {}

    /**
     * Refuses a file that the dynamic linker would choke on.
     *
     * @param file a shared library
     * @throws NativeLoadException if it is missing, damaged or for another machine
     */
    static void requireLoadable(Path file) throws NativeLoadException {
        if (!Files.isRegularFile(file)) {
            throw new NativeLoadException(file + " is not there, or not a file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            check(file, channel);
        } catch (IOException e) {
            throw new NativeLoadException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void check(Path file, FileChannel channel) throws IOException, NativeLoadException {
        ByteBuffer header = read(channel, 0, HEADER_OCTETS);
        if (header.limit() < HEADER_OCTETS || header.getInt(0) != MAGIC) {
            throw new NativeLoadException(file + " is not a shared library (no ELF header)");
        }
        if (header.get(4) != CLASS_64) {
            throw new NativeLoadException(file + " is a 32-bit library, expected a 64-bit one");
        }
        header.order(header.get(5) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        String arch = System.getProperty("os.arch");
        Integer machine = MACHINES.get(arch);
        if (machine != null && (header.getShort(18) & 0xffff) != machine) {
            throw new NativeLoadException(file + " is for another machine (ELF machine "
                    + (header.getShort(18) & 0xffff) + "), expected " + arch + " (" + machine + ")");
        }
        if (header.getShort(16) != TYPE_SHARED) {
            throw new NativeLoadException(file + " is an ELF file but not a shared library");
        }
        requireWhole(file, channel, header);
    }

    /** Every loaded segment and the section table, which linkers put last, must lie inside the file. */
    private static void requireWhole(Path file, FileChannel channel, ByteBuffer header)
            throws IOException, NativeLoadException {
        long size = channel.size();
        long programHeaders = header.getLong(32);
        int programHeaderOctets = header.getShort(54) & 0xffff;
        int programHeaderCount = header.getShort(56) & 0xffff;
        boolean whole = programHeaderOctets >= PROGRAM_HEADER_OCTETS && programHeaderCount > 0;
        for (int i = 0; whole && i < programHeaderCount; i++) {
            ByteBuffer segment = read(channel, programHeaders + (long) i * programHeaderOctets, PROGRAM_HEADER_OCTETS);
            if (segment.limit() < PROGRAM_HEADER_OCTETS) {
                whole = false;
            } else if (segment.order(header.order()).getInt(0) == PT_LOAD) {
                whole = inside(segment.getLong(8), segment.getLong(32), size);
            }
        }
        long sections = header.getLong(40);
        long sectionOctets = (long) (header.getShort(58) & 0xffff) * (header.getShort(60) & 0xffff);
        if (!whole || (sections != 0 && !inside(sections, sectionOctets, size))) {
            throw new NativeLoadException(file + " is damaged: it is cut short at " + size + " octets");
        }
    }

    private static boolean inside(long offset, long octets, long size) {
        return offset >= 0 && octets >= 0 && offset <= size && octets <= size - offset;
    }

    private static ByteBuffer read(FileChannel channel, long position, int octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(octets);
        if (position >= 0) {
            while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {}
        }
        return buffer.flip();
    }
}
