/** Sequence numbers and anti-replay of RFC 4303. A leaf: it knows nothing of packets or keys. */
module io.esp4j.replay {
    exports io.esp4j.replay;
}
