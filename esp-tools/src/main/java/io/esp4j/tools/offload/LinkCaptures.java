package io.esp4j.tools.offload;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.io.capture.LinkType;
import io.esp4j.io.capture.PcapWriter;
import io.esp4j.offload.scenario.AssociationSpec;
import io.esp4j.offload.scenario.MachineSpec;
import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.offload.scenario.WireFrame;
import io.esp4j.sa.Mode;
import io.esp4j.tools.exchange.EspSaExport;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.sa.SecretText;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import io.esp4j.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what the links of a run carried, and the keys: for Wireshark, and as an SA file. Stateless. */
final class LinkCaptures {
    private static final String SAS = ".json";
    private static final String KEYS = ".esp_sa";

    private LinkCaptures() {}

    /** {@return the names of the files that {@link #write} makes of a run} */
    static List<String> names(ScenarioRun run) {
        List<String> names = new ArrayList<>();
        links(run).forEach(link -> names.add(capture(run, link)));
        if (!run.associations().isEmpty()) {
            names.add(run.name() + SAS);
            names.add(run.name() + KEYS);
        }
        return names;
    }

    private static Set<String> links(ScenarioRun run) {
        Set<String> links = new LinkedHashSet<>();
        run.connections().forEach(pair -> {
            links.add(pair.one() + "-" + pair.other());
            links.add(pair.other() + "-" + pair.one());
        });
        return links;
    }

    private static String capture(ScenarioRun run, String link) {
        return run.name() + "-" + link + ".pcap";
    }

    /**
     * Writes {@code RUN-LINK.pcap} for each link, {@code RUN.esp_sa} and {@code RUN.json}.
     */
    static void write(RunResult result, Path folder, Terminal terminal) throws IOException {
        try {
            Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UserError(folder + ": expected a directory for captures");
        }
        for (String link : links(result.run())) {
            Path capture = folder.resolve(capture(result.run(), link));
            try (PcapWriter writer = PcapWriter.create(capture, LinkType.ETHERNET)) {
                for (WireFrame frame : result.wire()) {
                    if (frame.link().equals(link)) {
                        byte[] octets = frame.octets();
                        writer.write(frame.nanos(), octets, 0, octets.length);
                    }
                }
                writer.commit();
            }
        }
        if (!result.run().associations().isEmpty()) {
            writeKeys(result, folder, terminal);
        }
    }

    private static void writeKeys(RunResult result, Path folder, Terminal terminal) throws IOException {
        String name = result.run().name();
        String text = saFile(result);
        SecretText.write(terminal, text, folder.resolve(name + SAS));
        StringBuilder lines = new StringBuilder();
        try (SaFile sas = SaFile.parse(name, text)) {
            for (SaEntry sa : sas.entries()) {
                if (EspSaExport.isNamed(sa)) {
                    lines.append(EspSaExport.line(sa));
                } else {
                    terminal.note(name + KEYS + " has no line for " + sa.name() + ": Wireshark has no name for "
                            + sa.transform());
                }
            }
        }
        SecretText.write(terminal, lines.toString(), folder.resolve(name + KEYS));
    }

    private static String saFile(RunResult result) {
        Map<String, IpAddress> addresses = new HashMap<>();
        for (MachineSpec machine : result.run().machines()) {
            addresses.put(machine.name(), machine.address());
            machine.guests().forEach(guest -> addresses.put(machine.name() + "." + guest.name(), guest.address()));
        }
        Map<Integer, Long> ofSpi = result.run().associations().stream()
                .collect(Collectors.groupingBy(AssociationSpec::spi, Collectors.counting()));
        Set<List<Object>> keys = new HashSet<>();
        List<String> entries = new ArrayList<>();
        for (AssociationSpec sa : result.run().associations()) {
            IpAddress source = addresses.get(sa.from());
            IpAddress destination = addresses.get(sa.to());
            // What only domains tell apart, an SA file can't.
            if (keys.add(List.of(sa.spi(), source, destination))) {
                entries.add(entry(sa, result.seed(), source, destination, ofSpi.get(sa.spi()) > 1));
            }
        }
        return "{\"securityAssociations\": [\n  " + String.join(",\n  ", entries) + "\n]}\n";
    }

    private static String entry(
            AssociationSpec sa, long seed, IpAddress source, IpAddress destination, boolean byAddresses) {
        KeyingMaterial key = sa.key(seed);
        HexFormat hex = HexFormat.of();
        String integrity = hex.formatHex(key.integrityKey());
        String text = "{\"name\": \"" + sa.name() + "\", \"spi\": \"0x" + hex.toHexDigits(sa.spi()) + "\", \"mode\": \""
                + (sa.mode() == Mode.TUNNEL ? "tunnel" : "transport") + "\", \"source\": \"" + source
                + "\", \"destination\": \"" + destination + "\", \"transform\": \""
                + sa.transform().name()
                + "\", \"key\": \"" + hex.formatHex(key.encryptionKey(sa.transform()))
                + hex.formatHex(key.salt(sa.transform())) + "\""
                + (byAddresses ? ", \"match\": \"spi-destination-source\"" : "")
                + (integrity.isEmpty() ? "" : ", \"integrityKey\": \"" + integrity + "\"")
                + ", \"esn\": " + sa.esn() + ", \"replayWindow\": " + sa.replayWindow()
                + ", \"sequence\": \"0x" + Long.toHexString(sa.sequence()) + "\"}";
        key.destroy();
        return text;
    }
}
