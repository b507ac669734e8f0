package io.esp4j.tools.packet;

import io.esp4j.dataplane.SaListener;
import io.esp4j.dataplane.SecurityAssociation;
import io.esp4j.tools.terminal.Terminal;
import java.util.IdentityHashMap;

/** Tells the user that an SA has reached its soft lifetime. Threads: single owner thread. */
final class SoftLifetimes implements SaListener {
    private final Terminal terminal;
    private final IdentityHashMap<SecurityAssociation, String> names = new IdentityHashMap<>();

    SoftLifetimes(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says what an SA is called: an SPI alone may be that of several. */
    void name(SecurityAssociation sa, String name) {
        names.put(sa, name);
    }

    @Override
    public void softLifetimeReached(SecurityAssociation sa) {
        terminal.note("SA \"" + names.get(sa) + "\" has reached its soft lifetime");
    }
}
