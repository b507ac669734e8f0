package io.esp4j.tools.packet;

import io.esp4j.dataplane.SaListener;
import io.esp4j.dataplane.SecurityAssociation;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.Terminal;

/**
 * Tells the user that an SA has reached its soft lifetime. Threads: those of its terminal.
 *
 * @param terminal where to
 * @param file knows the names
 */
record SoftLifetimes(Terminal terminal, SaFile file) implements SaListener {
    @Override
    public void softLifetimeReached(SecurityAssociation sa) {
        file.entries().stream()
                .filter(entry -> entry.spi() == sa.parameters().spi())
                .findFirst()
                .ifPresent(entry -> terminal.note("SA \"" + entry.name() + "\" has reached its soft lifetime"));
    }
}
