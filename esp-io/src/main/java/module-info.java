/** Capture files and UDP sockets. */
module io.esp4j.io {
    requires transitive io.esp4j.core;
}
