package io.esp4j.crypto.natives.binding;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a shared library's file. No state.
 *
 * <p>We look for it ourselves, rather than hand its name to the dynamic linker, so that the file can be checked before
 * it is loaded. Looked through, in this order: {@code LD_LIBRARY_PATH}, {@code java.library.path}, the directories of
 * {@code /etc/ld.so.conf.d}, and where Linux distributions keep libraries.
 */
public final class LibrarySearch {
    private LibrarySearch() {}

    /**
     * The first file that is there.
     *
     * @param property system property that names the file instead
     * @param names file names, the preferred one first
     * @return the file
     * @throws NativeLoadException if there is none
     */
    public static Path find(String property, List<String> names) throws NativeLoadException {
        String named = System.getProperty(property, "");
        if (!named.isEmpty()) {
            try {
                return Path.of(named);
            } catch (InvalidPathException e) {
                throw new NativeLoadException(property + " is no path: " + e.getMessage(), e);
            }
        }
        for (String name : names) {
            for (Path directory : directories()) {
                Path file = directory.resolve(name);
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        throw new NativeLoadException(String.join(" or ", names)
                + " is not installed (looked in LD_LIBRARY_PATH, java.library.path and the system's library directories; "
                + property + " can name the file)");
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
