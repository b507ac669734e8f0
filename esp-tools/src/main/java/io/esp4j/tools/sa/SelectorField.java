package io.esp4j.tools.sa;

import io.esp4j.policy.IpPrefix;
import io.esp4j.policy.NextLayerProtocol;
import io.esp4j.policy.Selector;
import io.esp4j.policy.SelectorBuilder;
import io.esp4j.policy.ValueSet;
import io.esp4j.sa.Mode;
import io.esp4j.tools.terminal.UserError;

/** Reads the selector of an SA: by default everything, of both families. Stateless. */
final class SelectorField {
    private static final String ANY = "any";

    private SelectorField() {}

    /**
     * Reads.
     *
     * @throws UserError if it is wrong, or in BEET mode if it does not give the two inner addresses
     */
    static Selector read(Fields sa, Mode mode) {
        Fields fields = sa.object("selector");
        if (fields == null) {
            if (mode == Mode.BEET) {
                throw sa.wrong("selector", "expected the inner addresses as source and destination, found nothing");
            }
            return Selector.ANY;
        }
        SelectorBuilder builder = Selector.builder();
        IpPrefix source = prefix(fields, "source", mode);
        IpPrefix destination = prefix(fields, "destination", mode);
        if (source != null) {
            builder.source(source.range());
        }
        if (destination != null) {
            builder.destination(destination.range());
        }
        if (source != null
                && destination != null
                && source.address().v6() != destination.address().v6()) {
            throw fields.wrong("destination", "expected the family of source " + source + ", found " + destination);
        }
        boolean hasPorts = protocol(fields, builder);
        ValueSet sourcePorts = ports(fields, "sourcePort", hasPorts);
        ValueSet destinationPorts = ports(fields, "destinationPort", hasPorts);
        if (sourcePorts != null) {
            builder.sourcePorts(sourcePorts);
        }
        if (destinationPorts != null) {
            builder.destinationPorts(destinationPorts);
        }
        fields.end();
        return builder.build();
    }

    private static IpPrefix prefix(Fields fields, String field, Mode mode) {
        String expected =
                mode == Mode.BEET ? "a single address, the inner one" : "an address or a prefix such as 10.0.0.0/8";
        String text = mode == Mode.BEET ? fields.requiredText(field, expected) : fields.text(field);
        if (text == null) {
            return null;
        }
        try {
            IpPrefix prefix = IpPrefix.parse(text);
            if (mode != Mode.BEET || prefix.length() == prefix.address().octets() * 8) {
                return prefix;
            }
        } catch (IllegalArgumentException e) {
            throw fields.wrong(field, expected + " (no bits set after the prefix)", text);
        }
        throw fields.wrong(field, expected, text);
    }

    /** {@return whether the protocol has ports} */
    private static boolean protocol(Fields fields, SelectorBuilder builder) {
        String text = fields.text("protocol");
        if (text == null || text.equals(ANY)) {
            return false;
        }
        try {
            int number = NextLayerProtocol.parse(text);
            builder.protocol(number);
            return NextLayerProtocol.hasPorts(number);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("protocol", "any, a protocol's name such as tcp, or its number 0 to 255", text);
        }
    }

    private static ValueSet ports(Fields fields, String field, boolean hasPorts) {
        String text = fields.text(field);
        if (text == null || text.equals(ANY)) {
            return null;
        }
        if (!hasPorts) {
            throw fields.wrong(field, "expected beside a protocol that has ports, such as tcp or udp");
        }
        try {
            return ValueSet.parsePorts(text);
        } catch (IllegalArgumentException e) {
            throw fields.wrong(field, "a port or a range such as 1000-2000, from 0 to 65535", text);
        }
    }
}
