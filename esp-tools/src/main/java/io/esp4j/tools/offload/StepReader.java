package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.Step;
import io.esp4j.tools.terminal.UserError;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what happens in a run.
 *
 * @param hosts names of its hosts
 * @param machines names of its machines
 * @param links names of its links
 * @param associations names of its associations
 */
record StepReader(Set<String> hosts, Set<String> machines, Set<String> links, Set<String> associations) {
    private static final String VERBS =
            "send, trouble, chance, prioritise, reset, install, remove, destroy, open, forge";
    private static final int MOST_PACKETS = 100_000;

    Step read(Node step) {
        long at = step.nanos("at");
        String verb = step.verb(VERBS);
        Node what = step.object(verb);
        Step read =
                switch (verb) {
                    case "send" -> send(at, what);
                    case "trouble" -> trouble(at, what);
                    case "chance" ->
                        new Step.Chance(
                                at,
                                link(what),
                                what.share("loss"),
                                what.share("duplication"),
                                what.share("reordering"),
                                what.nanos("by"));
                    case "prioritise" ->
                        new Step.Prioritise(
                                at,
                                link(what),
                                what.numbers("dscps", 0, 63),
                                what.number("bitsPerSecond", 1, Long.MAX_VALUE, 0));
                    case "reset" -> new Step.Reset(at, RunReader.member(what, "machine", machines));
                    case "install" -> new Step.Install(at, association(what));
                    case "remove" -> new Step.Remove(at, association(what));
                    case "destroy" -> new Step.Destroy(at, guest(what));
                    case "open" -> new Step.Open(at, guest(what));
                    case "forge" -> new Step.Forge(at, guest(what));
                    default ->
                        throw new UserError(step.where() + ": expected one of " + VERBS + ", found \"" + verb + '"');
                };
        what.end();
        return read;
    }

    private Step.Send send(long at, Node send) {
        boolean clear = send.has("to");
        String association = clear ? null : association(send);
        int octets = (int) send.number("octets", 1, 65_000, 100);
        int times = (int) send.number("times", 1, MOST_PACKETS, 1);
        return new Step.Send(
                at,
                RunReader.member(send, "from", hosts),
                association,
                clear ? RunReader.member(send, "to", hosts) : null,
                octets,
                (int) send.number("segment", 1, 65_000, 0),
                times,
                send.nanos("every"),
                send.flag("software", false),
                send.flag("udp", false),
                (int) send.number("dscp", 0, 63, 0),
                send.flag("dontFragment", true),
                (int) send.number("flow", 0, 999, 0));
    }

    private Step.Trouble trouble(long at, Node trouble) {
        return new Step.Trouble(
                at,
                link(trouble),
                Set.copyOf(trouble.numbers("lose", 1, MOST_PACKETS)),
                Set.copyOf(trouble.numbers("duplicate", 1, MOST_PACKETS)),
                Set.copyOf(trouble.numbers("delay", 1, MOST_PACKETS)),
                trouble.nanos("by"),
                Set.copyOf(trouble.numbers("damage", 1, MOST_PACKETS)),
                (int) trouble.number("remark", 0, 63, -1));
    }

    private String link(Node node) {
        return RunReader.member(node, "link", links);
    }

    private String association(Node node) {
        return RunReader.member(node, "association", associations);
    }

    private String guest(Node node) {
        return RunReader.member(
                node, "guest", hosts.stream().filter(host -> host.contains(".")).collect(Collectors.toSet()));
    }
}
