/** The ESP dataplane: packets, security associations, the databases and the two journeys. */
module io.esp4j.core {
    requires transitive io.esp4j.crypto;
    requires transitive io.esp4j.replay;

    exports io.esp4j.dataplane;
    exports io.esp4j.outcome;
    exports io.esp4j.policy;
    exports io.esp4j.sa;
    exports io.esp4j.sad;
    exports io.esp4j.segment;
    exports io.esp4j.wire;
}
