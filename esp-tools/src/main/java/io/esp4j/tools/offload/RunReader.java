package io.esp4j.tools.offload;

import com.fasterxml.jackson.databind.JsonNode;
import io.esp4j.crypto.Transform;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.scenario.AssociationSpec;
import io.esp4j.offload.scenario.Expectation;
import io.esp4j.offload.scenario.Expectation.Comparison;
import io.esp4j.offload.scenario.MachineSpec;
import io.esp4j.offload.scenario.Measures;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.offload.scenario.ScenarioRun.Connection;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.Mode;
import io.esp4j.tools.terminal.UserError;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one run, all of whose fields are there. Used once. Threads: single owner thread. */
final class RunReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
    private static final Pattern COMPARED = Pattern.compile("([<>]) ?([0-9]{1,18})");
    private static final int LEAST_SPI = 256;

    private final Node node;
    private final Map<String, IpAddress> addresses = new LinkedHashMap<>();
    private final Set<String> hosts = addresses.keySet();
    private final Set<String> machines = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();

    private RunReader(Node node) {
        this.node = node;
    }

    static ScenarioRun read(Node node) {
        return new RunReader(node).run();
    }

    private ScenarioRun run() {
        String name = name(node, "name", "run");
        String about = node.text("about", "");
        Set<Hazard> hazards = hazards();
        Map<Parameter, Long> parameters = parameters();
        List<MachineSpec> specs = node.objects("machines", this::machine);
        List<Connection> connections = node.objects("connections", this::connection);
        List<AssociationSpec> associations = node.objects("associations", this::association);
        Set<String> names = new LinkedHashSet<>();
        associations.forEach(association -> names.add(association.name()));
        StepReader steps = new StepReader(hosts, machines, links, names);
        ScenarioRun run = new ScenarioRun(
                name,
                about,
                hazards,
                parameters,
                specs,
                connections,
                associations,
                node.objects("steps", steps::read),
                expectations());
        node.end();
        return run;
    }

    private static String name(Node node, String field, String ifAbsent) {
        String name = node.text(field, ifAbsent);
        if (!NAME.matcher(name).matches()) {
            throw node.wrong(field, "lower-case letters, digits and hyphens");
        }
        return name;
    }

    private Set<Hazard> hazards() {
        Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
        for (String text : node.texts("hazards")) {
            hazards.add(constant(Hazard.class, text, "hazards"));
        }
        return hazards;
    }

    private <E extends Enum<E>> E constant(Class<E> type, String text, String field) {
        try {
            return Node.choice(type, text);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    node.where() + "." + field + ": expected one of " + Node.spelled(type) + ", found \"" + text + '"');
        }
    }

    private Map<Parameter, Long> parameters() {
        Map<Parameter, Long> parameters = new EnumMap<>(Parameter.class);
        node.map("parameters").forEach((name, value) -> {
            Parameter parameter = constant(Parameter.class, name, "parameters");
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw new UserError(node.where() + ".parameters." + name + ": expected a whole number of "
                        + parameter.unit() + ", found " + Node.kind(value));
            }
            parameters.put(parameter, value.asLong());
        });
        return parameters;
    }

    private MachineSpec machine(Node machine) {
        String name = name(machine, "name", null);
        if (!machines.add(name)) {
            throw machine.wrong("name", "a name that no other machine has");
        }
        IpAddress address = address(machine);
        addresses.put(name, address);
        List<MachineSpec.Guest> guests = machine.objects("guests", guest -> guest(name, guest));
        return new MachineSpec(
                name,
                address,
                machine.choice("switch", SwitchMode.class, SwitchMode.VEB),
                machine.flag("coalesce", false),
                machine.choice("fragments", FragmentPolicy.class, FragmentPolicy.DROP),
                guests);
    }

    private static IpAddress address(Node node) {
        return node.parsed("address", null, "an IP address", IpAddress::parse);
    }

    private MachineSpec.Guest guest(String machine, Node guest) {
        String name = name(guest, "name", null);
        IpAddress address = address(guest);
        if (addresses.putIfAbsent(machine + "." + name, address) != null) {
            throw guest.wrong("name", "a name that no other guest has");
        }
        List<Integer> vlans = guest.numbers("vlans", 1, 4094);
        if (vlans.size() > 2) {
            throw guest.wrong("vlans", "at most two");
        }
        long tags =
                switch (vlans.size()) {
                    case 0 -> 0;
                    case 1 -> SadDomain.vlan(vlans.get(0));
                    default -> SadDomain.vlans(vlans.get(0), vlans.get(1));
                };
        return new MachineSpec.Guest(name, address, tags, guest.flag("trusted", true));
    }

    private Connection connection(Node connection) {
        String one = member(connection, "from", machines);
        String other = member(connection, "to", machines);
        links.add(one + "-" + other);
        links.add(other + "-" + one);
        return new Connection(one, other);
    }

    static String member(Node node, String field, Set<String> expected) {
        String name = node.text(field, null);
        if (!expected.contains(name)) {
            throw node.wrong(field, "one of " + String.join(", ", expected));
        }
        return name;
    }

    private AssociationSpec association(Node sa) {
        Transform transform = sa.parsed("transform", "aes256gcm16", "a transform", Transform::named);
        boolean esn = sa.flag("esn", true);
        AssociationSpec read = new AssociationSpec(
                name(sa, "name", null),
                sa.parsed("spi", null, "0x and hex digits, above 0xff", RunReader::spi),
                member(sa, "from", hosts),
                member(sa, "to", hosts),
                sa.choice("mode", Mode.class, Mode.TRANSPORT),
                transform,
                esn,
                (int) sa.number("replayWindow", 0, 1 << 20, 64),
                sa.parsed("sequence", "0x0", "0x and hex digits", RunReader::hex),
                sa.choice("transmit", OffloadMode.class, OffloadMode.NONE),
                sa.choice("receive", OffloadMode.class, OffloadMode.NONE),
                (int) sa.number("mtu", 68, 65_535, 1500),
                sa.flag("installed", true));
        if (read.mode() == Mode.BEET) {
            throw sa.wrong("mode", "transport or tunnel");
        }
        requireValid(read, sa);
        return read;
    }

    private void requireValid(AssociationSpec read, Node sa) {
        try {
            read.parameters(addresses.get(read.from()), addresses.get(read.to()));
        } catch (IllegalArgumentException e) {
            throw new UserError(sa.where() + ": " + e.getMessage());
        }
    }

    private static int spi(String text) {
        long spi = hex(text);
        if (spi < LEAST_SPI || spi > 0xffff_ffffL) {
            throw new IllegalArgumentException(text);
        }
        return (int) spi;
    }

    private static long hex(String text) {
        if (!text.matches("0x[0-9a-f]{1,16}")) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseUnsignedLong(text.substring(2), 16);
    }

    private List<Expectation> expectations() {
        List<Expectation> expectations = new ArrayList<>();
        node.map("expect").forEach((measure, value) -> {
            if (!Measures.isKnown(measure, hosts, links)) {
                throw new UserError(node.where() + ".expect." + measure
                        + ": expected a counter, nonces, numbers, or delivered, payload, largest or twice with a host,"
                        + " or esp, clear, fragments or other with a link");
            }
            expectations.add(expectation(measure, value));
        });
        return expectations;
    }

    private Expectation expectation(String measure, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return new Expectation(measure, Comparison.IS, value.asLong());
        }
        Matcher matcher = COMPARED.matcher(value.asText());
        if (!value.isTextual() || !matcher.matches()) {
            throw new UserError(node.where() + ".expect." + measure
                    + ": expected a whole number or one behind < or >, found " + Node.kind(value));
        }
        Comparison comparison = matcher.group(1).equals(">") ? Comparison.ABOVE : Comparison.BELOW;
        return new Expectation(measure, comparison, Long.parseLong(matcher.group(2)));
    }
}
