/** Capture files, files that appear whole or not at all, and UDP sockets for ESP. */
module io.esp4j.io {
    requires transitive io.esp4j.core;

    exports io.esp4j.io.capture;
    exports io.esp4j.io.file;
    exports io.esp4j.io.udp;
}
