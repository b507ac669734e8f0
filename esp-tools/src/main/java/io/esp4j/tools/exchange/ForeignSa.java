package io.esp4j.tools.exchange;

/** An SA as another tool tells it, field by field, not yet judged. Threads: single owner thread. */
final class ForeignSa {
    final String source;
    final String destination;
    String spi;
    String mode = "tunnel";
    String transform;
    String key = "";
    String integrityKey = "";
    boolean legacy;
    boolean esn;
    long replayWindow;
    long sequence;
    int sourcePort;
    int destinationPort;
    String selectorSource;
    String selectorDestination;
    String selectorProtocol;
    String selectorSourcePort;
    String selectorDestinationPort;
    long softOctets;
    long hardOctets;
    long softPackets;
    long hardPackets;
    long softSeconds;
    long hardSeconds;
    long tfc;

    ForeignSa(String source, String destination) {
        this.source = source;
        this.destination = destination;
    }

    String name() {
        return source + "-to-" + destination + "-" + spi;
    }
}
