package io.esp4j.tools.offload;

import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.scenario.AssociationSpec;
import io.esp4j.offload.scenario.MachineSpec;
import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.offload.simulation.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Machines with their parts, and the links between them with what they carried. Stateless. */
final class TopologyDrawing {
    private static final int WIDTH = 400;
    private static final int GAP = 170;
    private static final int PAD = 14;
    private static final int ROW = 46;
    private static final int TOP = 34;
    private static final int MACHINE = TOP + 4 * ROW + 4 * 12;

    private TopologyDrawing() {}

    static String svg(RunResult result) {
        ScenarioRun run = result.run();
        StringBuilder svg = new StringBuilder();
        Map<String, Integer> left = new HashMap<>();
        int x = 4;
        for (MachineSpec machine : run.machines()) {
            left.put(machine.name(), x);
            machine(svg, machine, run, x);
            x += WIDTH + GAP;
        }
        for (ScenarioRun.Connection pair : run.connections()) {
            int from = left.get(pair.one()) + WIDTH;
            int to = left.get(pair.other());
            int y = TOP + 3 * (ROW + 12) + ROW / 2;
            link(svg, result, pair.one() + "-" + pair.other(), from, to, y - 9);
            link(svg, result, pair.other() + "-" + pair.one(), to, from, y + 9);
        }
        associations(svg, run);
        int lines = run.associations().size();
        return Html.svg(x - GAP + 4, MACHINE + 16 + 18 * lines + 8, "topology", svg.toString());
    }

    private static void machine(StringBuilder svg, MachineSpec machine, ScenarioRun run, int x) {
        svg.append(Html.format(
                "<rect class=\"machine\" x=\"%d\" y=\"4\" width=\"%d\" height=\"%d\" rx=\"8\"/>", x, WIDTH, MACHINE));
        text(svg, "strong", x + PAD, 24, machine.name() + "  " + machine.address());
        List<String> hosts = new ArrayList<>(List.of(machine.coalesce() ? "host, coalesces" : "host"));
        List<String> drivers = new ArrayList<>(List.of("PF driver"));
        for (MachineSpec.Guest guest : machine.guests()) {
            String vlans = guest.vlans() == 0 ? "" : ", VLAN " + (guest.vlans() & 0xfff);
            hosts.add(guest.name() + "  " + guest.address() + vlans);
            drivers.add(guest.trusted() ? "VF driver" : "VF, untrusted");
        }
        row(svg, hosts, "part host", x, TOP);
        row(svg, drivers, "part driver", x, TOP + ROW + 12);
        String mode = machine.switchMode() == SwitchMode.VEPA ? "VEPA: all to the agent" : "VEB: local short cut";
        row(svg, List.of("MAC and switch, " + mode), "part mac", x, TOP + 2 * (ROW + 12));
        long capacity = run.parameters().getOrDefault(Parameter.SAD_CAPACITY, Parameter.SAD_CAPACITY.standard());
        row(svg, List.of(Html.format("agent, SAD for %,d SAs", capacity)), "part agent", x, TOP + 3 * (ROW + 12));
    }

    private static void row(StringBuilder svg, List<String> names, String css, int x, int y) {
        int width = (WIDTH - PAD - names.size() * PAD) / names.size();
        for (int i = 0; i < names.size(); i++) {
            int at = x + PAD + i * (width + PAD);
            svg.append(Html.format(
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>",
                    css, at, y, width, ROW));
            String[] words = names.size() > 1 ? names.get(i).split("  |, ") : new String[] {names.get(i)};
            for (int line = 0; line < words.length; line++) {
                int shift = (int) ((line - (words.length - 1) / 2.0) * 14);
                svg.append(Html.format(
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        at + width / 2, y + ROW / 2 + 4 + shift, Html.escape(words[line])));
            }
        }
    }

    private static void link(StringBuilder svg, RunResult result, String name, int from, int to, int y) {
        long esp = result.measures().value("esp " + name) + result.measures().value("fragments " + name);
        long clear = result.measures().value("clear " + name);
        int tip = to > from ? -8 : 8;
        svg.append(
                Html.format("<path class=\"link\" d=\"M%d %d H%d m%d -4 l%d 4 l%d 4\"/>", from, y, to, tip, -tip, tip));
        String label = name + ": " + esp + " ESP" + (clear == 0 ? "" : ", " + clear + " clear");
        svg.append(Html.format(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                clear > 0 ? "warn" : "soft", (from + to) / 2, y + (tip < 0 ? -6 : 17), Html.escape(label)));
    }

    private static void associations(StringBuilder svg, ScenarioRun run) {
        int y = MACHINE + 24;
        for (AssociationSpec sa : run.associations()) {
            String text = Html.format(
                    "SA %s: 0x%08x, %s to %s, %s%s, transmit %s, receive %s, window %d, from %s",
                    sa.name(),
                    sa.spi(),
                    sa.from(),
                    sa.to(),
                    sa.transform().name(),
                    sa.esn() ? ", ESN" : "",
                    Node.spelled(sa.transmit()),
                    Node.spelled(sa.receive()),
                    sa.replayWindow(),
                    Html.number(sa.sequence()));
            text(svg, "soft", 8, y, text);
            y += 18;
        }
    }

    private static void text(StringBuilder svg, String css, int x, int y, String text) {
        svg.append(Html.format("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", css, x, y, Html.escape(text)));
    }
}
