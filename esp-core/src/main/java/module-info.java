/** The ESP dataplane. */
module io.esp4j.core {
    requires transitive io.esp4j.crypto;
    requires transitive io.esp4j.replay;
}
