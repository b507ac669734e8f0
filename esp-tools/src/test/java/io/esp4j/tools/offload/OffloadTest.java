package io.esp4j.tools.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.Programs;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class OffloadTest {
    private static final String SMALL = """
            {"title": "small", "machines": [{"name": "a", "address": "192.0.2.1"}, {"name": "b", "address": "192.0.2.2"}],
             "connections": [{"from": "a", "to": "b"}],
             "associations": [{"name": "sa", "spi": "0x1000", "from": "a", "to": "b"}],
             "steps": [{"at": "1us", "send": {"from": "a", "association": "sa", "octets": 100, "times": 3}}],
             "expect": {"delivered b": 3}}""";

    @TempDir
    private Path folder;

    static Stream<String> scenarios() {
        return ScenarioLibrary.names().stream();
    }

    @Test
    void shouldListScenarios() {
        EspRun run = EspRun.of("offload", "--list");
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertEquals(ScenarioLibrary.names().size() + 1, run.out().lines().count());
        scenarios().forEach(name -> assertTrue(run.out().contains("\n" + name + " "), name));
        for (String of : List.of("intel-", "tls-", "oracle-", "workshop-")) {
            assertTrue(scenarios().anyMatch(name -> name.startsWith(of)), of);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldShowWhatTheScenarioExpects(String name) {
        EspRun run = EspRun.of("offload", name);
        assertEquals(0, run.status(), run.out() + run.err());
        assertTrue(run.out().contains("as expected"), "a scenario without expectations shows nothing");
        assertEquals(run.out(), EspRun.of("offload", name).out(), "the same again");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldWriteReportThatNeedsNothingElse(String name) throws Exception {
        Path report = folder.resolve("report.html");
        assertEquals(0, EspRun.of("offload", name, "--report", report).status());
        String page = Files.readString(report);
        assertTrue(page.startsWith("<!DOCTYPE html>"));
        for (String loads : List.of("<script", "<link", "<img", "src=", "href=", "url(", "@import")) {
            assertFalse(page.contains(loads), loads);
        }
        assertTrue(page.contains("prefers-color-scheme: dark"));
        assertTrue(page.contains("Time line") && page.contains("Counters") && page.contains("topology"));
        Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int count = 0;
        while (drawings.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(drawings.group())));
            assertFalse(drawings.group().contains("NaN"), name);
            count++;
        }
        assertTrue(count >= 2, count + " drawings");
    }

    @Test
    void shouldWriteTheSameReportForTheSameSeed() throws Exception {
        Path one = folder.resolve("one.html");
        Path two = folder.resolve("two.html");
        EspRun.of("offload", "intel-tso", "--seed", 7, "--report", one);
        EspRun.of("offload", "intel-tso", "--seed", 7, "--report", two);
        assertEquals(Files.readString(one), Files.readString(two));
        assertTrue(Files.readString(one).contains("Seed 7."));
    }

    @Test
    void shouldWriteCapturesThatUnprotectOpens() throws Exception {
        EspRun run = EspRun.of("offload", "intel-tso", "--pcap", folder.resolve("new"));
        assertEquals(0, run.status(), run.err());
        Path captures = folder.resolve("new");
        assertEquals(7, Captures.read(captures.resolve("database-a-b.pcap")).size());
        Path inner = folder.resolve("inner.pcap");
        EspRun opened = EspRun.of(
                "unprotect", "--sa", captures.resolve("database.json"), captures.resolve("database-a-b.pcap"), inner);
        assertEquals(0, opened.status(), opened.err());
        assertEquals(7, Captures.read(inner).size());
        for (String keys : List.of("database.json", "database.esp_sa")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(captures.resolve(keys))));
        }
    }

    /** With the wrong key one packet in eighty or so would seem to carry IP, TCP or UDP. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldWriteCapturesThatTsharkDecrypts(String name) throws Exception {
        assumeTrue(Programs.installed("tshark"), "tshark is not installed");
        assertEquals(0, EspRun.of("offload", name, "--pcap", folder).status());
        List<Path> captures = files(".pcap");
        assertFalse(captures.isEmpty());
        long encrypted = 0;
        for (Path keys : files(".esp_sa")) {
            String run = keys.getFileName().toString().replace(".esp_sa", "");
            Path home = Files.createDirectories(folder.resolve("home-" + run));
            Programs.wiresharkKeys(home, Files.readString(keys));
            for (Path capture : captures) {
                if (capture.getFileName().toString().matches(Pattern.quote(run) + "-[^-]+-[^-]+\\.pcap")) {
                    encrypted += countEncrypted(home, capture);
                }
            }
        }
        assertEquals(name.equals("intel-local-traffic"), encrypted == 0, "only what stays in a switch leaves no ESP");
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    /** {@return how many ESP packets there are, all of which tshark decrypts} */
    private static long countEncrypted(Path home, Path capture) throws Exception {
        List<String> lines = Programs.run(
                home,
                "tshark",
                "-n",
                "-r",
                capture.toString(),
                "-o",
                "esp.enable_encryption_decode:TRUE",
                "-T",
                "fields",
                "-e",
                "esp.spi",
                "-e",
                "esp.protocol",
                "-e",
                "frame.number");
        assertEquals(Captures.read(capture).size(), lines.size(), capture.toString());
        List<String> esp = lines.stream().filter(line -> line.startsWith("0x")).toList();
        for (String line : esp) {
            assertTrue(line.matches("0x\\S+\t0x(04|06|11)\t.*"), capture + ": " + line);
        }
        return esp.size();
    }

    @Test
    void shouldEndWithOneWhenARunIsNotAsExpected() throws Exception {
        Path file = folder.resolve("wrong.json");
        Files.writeString(file, SMALL.replace("\"delivered b\": 3", "\"delivered b\": \"> 3\", \"nonces\": 0"));
        EspRun run = EspRun.of("offload", file);
        assertEquals(1, run.status(), run.err());
        assertTrue(run.out().matches("(?s).*delivered b > 3 +3  NOT AS EXPECTED\\R.*"), run.out());
        assertTrue(run.out().matches("(?s).*nonces = 0 +0  as expected\\R.*"), run.out());
    }

    @Test
    void shouldRunScenarioOfAFile() throws Exception {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, SMALL);
        assertEquals(0, EspRun.of("offload", file).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--report mine.json", "--report link.json", "--pcap ."})
    void shouldNotWriteOverTheScenario(String option) throws Exception {
        Path file = folder.resolve("mine.json");
        String text = SMALL.replace("\"small\",", "\"small\", \"name\": \"mine\",");
        Files.writeString(file, text);
        Files.createSymbolicLink(folder.resolve("link.json"), file);
        String[] words = option.split(" ", 2);
        wrong("is both the scenario and a file to write", file, words[0], folder.resolve(words[1]));
        assertEquals(text, Files.readString(file));
        assertEquals(List.of(), files(".pcap"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"title\": \"small\",      | | wrong.title: expected a string, found nothing",
                "\"title\"                  | \"titel\" | wrong.title: expected a string, found nothing",
                "\"0x1000\"                 | \"0xff\" | wrong.runs[0].associations[0].spi: expected 0x and hex digits, above 0xff, found \"0xff\"",
                "\"times\": 3               | \"times\": 0 | steps[0].send.times: expected a whole number from 1 to 100000, found 0",
                "\"times\": 3               | \"time\": 3 | steps[0].send.time: unknown field, expected one of",
                "\"1us\"                    | \"1 us\" | steps[0].at: expected a time such as 200ns, 20us, 5ms or 1s, at most a day, found \"1 us\"",
                "\"1us\"                    | \"10000000000s\" | steps[0].at: expected a time such as 200ns, 20us, 5ms or 1s, at most a day, found \"10000000000s\"",
                "\"name\": \"sa\",          | \"name\": \"sa\", \"replayWindow\": 0, | wrong.runs[0].associations[0]: replay window 0",
                "\"name\": \"sa\",          | \"name\": \"sa\", \"esn\": false, \"sequence\": \"0x100000000\", | wrong.runs[0].associations[0]: sequence 0x100000000: expected at most 0xffffffff",
                "\"name\": \"sa\",          | \"name\": \"sa\", \"transform\": \"aes128-sha1\", | wrong.runs[0].associations[0]: transform aes128-sha1: HMAC-SHA1-96",
                "\"192.0.2.2\"              | \"2001:db8::2\" | wrong.runs[0].associations[0]: source 192.0.2.1 and destination 2001:db8::2: expected two of one family",
                "\"expect\": {\"delivered b\": 3}} | \"expect\": {}} {} | wrong: expected JSON in line 5, found Trailing token",
                "\"association\": \"sa\"    | \"association\": \"as\" | steps[0].send.association: expected one of sa, found \"as\"",
                "\"send\"                   | \"sent\" | steps[0]: expected one of send, trouble",
                "\"192.0.2.2\"              | \"b\" | machines[1].address: expected an IP address, found \"b\"",
                "\"from\": \"a\", \"to\": \"b\"} | \"from\": \"a\", \"to\": \"c\"} | expected one of a, b, found \"c\"",
                "\"delivered b\": 3         | \"delivered c\": 3 | expect.delivered c: expected a counter",
                "\"delivered b\": 3         | \"delivered b\": \"3\" | expected a whole number or one behind < or >, found \"3\"",
                "\"octets\": 100            | \"octets\": \"$n\" | $n stands for nothing: expected one of the run's \"with\"",
                "\"connections\"            | \"hazards\": [\"base\"], \"connections\" | hazards: expected one of no-iv-database",
                "\"connections\"            | \"parameters\": {\"rx-queues\": -1}, \"connections\" | parameters.rx-queues: expected a whole number of queues, found -1",
                "}}                         | } | wrong: expected JSON in line"
            })
    void shouldSayWhereAScenarioIsWrong(String before, String after, String expected) throws Exception {
        Path file = folder.resolve("wrong.json");
        assertTrue(SMALL.contains(before), before);
        Files.writeString(file, SMALL.replace(before, after == null ? "" : after));
        EspRun run = EspRun.of("offload", file, "--report", folder.resolve("none.html"));
        assertEquals(2, run.status(), run.out());
        assertEquals("", run.out());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertFalse(Files.exists(folder.resolve("none.html")));
    }

    @Test
    void shouldSayWhatIsWrongWithTheCommandLine() throws Exception {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        wrong("no scenario \"intel\": expected a file *.json, or one of intel-add-sa", "intel");
        wrong("none.json: no such file", folder.resolve("none.json"));
        wrong("expected a scenario, or --list");
        wrong("--list: expected nothing beside it", "--list", "intel-tso");
        wrong("--seed", "intel-tso", "--seed", "many");
        wrong("expected a directory for captures", "intel-tso", "--pcap", notAFolder);
        wrong("--verbose", "intel-tso", "--verbose");
    }

    private static void wrong(String expected, Object... arguments) {
        Object[] all = Stream.concat(Stream.of("offload"), Stream.of(arguments)).toArray();
        EspRun run = EspRun.of(all);
        assertEquals(2, run.status(), run.out());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(expected), run.err());
    }
}
