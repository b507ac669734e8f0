package io.esp4j.crypto.natives.binding;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a shared library. No state.
 *
 * <p>We look for it ourselves, rather than hand its name to the dynamic linker, so that the file can be checked before
 * it is loaded. Looked through, in this order: {@code LD_LIBRARY_PATH}, {@code java.library.path}, the directories of
 * {@code /etc/ld.so.conf.d}, and where Linux distributions keep libraries.
 */
public final class LibrarySearch {
    private LibrarySearch() {}

    /** Loads a library from a file. */
    @FunctionalInterface
    public interface Loader<L> {
        /**
         * {@return the loaded library}
         *
         * @param file where it lies
         * @throws NativeLoadException if it can't be used
         */
        L load(Path file) throws NativeLoadException;
    }

    /**
     * The first library that can be used, of those that are there.
     *
     * @param property system property that names the file instead
     * @param names file names, the preferred one first
     * @param loader loads one
     * @param <L> what a loaded library is
     * @return the library
     * @throws NativeLoadException if there is none, or none that can be used: then with the reason of the first
     */
    public static <L> L load(String property, List<String> names, Loader<L> loader) throws NativeLoadException {
        NativeLoadException first = null;
        for (Path file : candidates(property, names)) {
            try {
                return loader.load(file);
            } catch (NativeLoadException e) {
                first = first == null ? e : first;
            }
        }
        throw first != null
                ? first
                : new NativeLoadException(String.join(" or ", names)
                        + " is not installed (looked in LD_LIBRARY_PATH, java.library.path and the system's library"
                        + " directories; " + property + " can name the file)");
    }

    private static List<Path> candidates(String property, List<String> names) throws NativeLoadException {
        String named = System.getProperty(property, "");
        if (!named.isEmpty()) {
            try {
                return List.of(Path.of(named));
            } catch (InvalidPathException e) {
                throw new NativeLoadException(property + " is no path: " + e.getMessage(), e);
            }
        }
        List<Path> candidates = new ArrayList<>();
        for (String name : names) {
            // One file by several ways, such as /lib and /usr/lib, is tried once.
            Set<Path> real = new LinkedHashSet<>();
            for (Path directory : directories()) {
                Path file = directory.resolve(name);
                if (Files.isRegularFile(file) && real.add(realPath(file))) {
                    candidates.add(file);
                }
            }
        }
        return candidates;
    }

    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private static Set<Path> directories() {
        Set<Path> directories = new LinkedHashSet<>();
        addAll(directories, System.getenv("LD_LIBRARY_PATH"));
        addAll(directories, System.getProperty("java.library.path"));
        addConfigured(directories);
        String multiarch = System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        for (String root : List.of("/usr/local/lib", "/lib", "/usr/lib")) {
            directories.add(Path.of(root, multiarch));
        }
        for (String directory :
                List.of("/usr/local/lib64", "/usr/local/lib", "/lib64", "/usr/lib64", "/lib", "/usr/lib")) {
            directories.add(Path.of(directory));
        }
        return directories;
    }

    private static void addAll(Set<Path> directories, String path) {
        if (path != null) {
            for (String directory : path.split(File.pathSeparator, -1)) {
                if (!directory.isEmpty()) {
                    directories.add(Path.of(directory));
                }
            }
        }
    }

    private static void addConfigured(Set<Path> directories) {
        try (Stream<Path> files = Files.list(Path.of("/etc/ld.so.conf.d"))) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("/")) {
                        directories.add(Path.of(line.trim()));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // Other systems have no such directory; what is in it only widens the search.
            return;
        }
    }
}
