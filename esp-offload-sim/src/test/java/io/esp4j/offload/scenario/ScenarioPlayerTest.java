package io.esp4j.offload.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.scenario.Expectation.Comparison;
import io.esp4j.offload.scenario.ScenarioRun.Connection;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.sa.Mode;
import io.esp4j.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioPlayerTest {
    private static final String LINK = "a-b";

    private static ScenarioRun run(Set<Hazard> hazards, Step... steps) {
        return new ScenarioRun(
                "run",
                "",
                hazards,
                Map.of(),
                List.of(machine("a", "192.0.2.1"), machine("b", "192.0.2.2")),
                List.of(new Connection("a", "b")),
                List.of(new AssociationSpec(
                        "sa",
                        0x1000,
                        "a",
                        "b",
                        Mode.TRANSPORT,
                        Transform.named("aes128gcm16"),
                        true,
                        64,
                        0,
                        OffloadMode.CRYPTO,
                        OffloadMode.CRYPTO,
                        1500,
                        true)),
                List.of(steps),
                List.of(new Expectation("delivered b", Comparison.IS, 10)));
    }

    private static MachineSpec machine(String name, String address) {
        return new MachineSpec(name, IpAddress.parse(address), SwitchMode.VEB, false, FragmentPolicy.DROP, List.of());
    }

    private static Step send(int octets, int segment, int times) {
        return new Step.Send(0, "a", "sa", null, octets, segment, times, 5_000, false, false, 0, true, 0);
    }

    private static Step trouble(Set<Integer> lose, Set<Integer> duplicate, Set<Integer> damage) {
        return new Step.Trouble(0, LINK, lose, duplicate, Set.of(), 0, damage, -1);
    }

    @Test
    void shouldDeliverWhatIsSent() {
        RunResult result = ScenarioPlayer.play(run(Set.of(), send(100, 0, 10)), 1);
        assertEquals(List.of(), result.failed());
        assertEquals(10, result.wire().size());
        assertEquals(0, result.underWay());
        int number = 1;
        for (WireFrame frame : result.wire()) {
            assertEquals(WireFrame.Kind.ESP, frame.kind());
            assertEquals(0x1000, frame.spi());
            assertEquals(number, frame.sequenceLow());
            assertEquals(number, frame.iv(), "the IV is the number");
            number++;
        }
        assertEquals(10 * 140, result.measures().value("payload b"));
    }

    @Test
    void shouldMeasureLossDuplicationAndDamage() {
        RunResult result =
                ScenarioPlayer.play(run(Set.of(), trouble(Set.of(2), Set.of(4), Set.of(6)), send(100, 0, 10)), 1);
        assertEquals(8, result.measures().value("delivered b"));
        assertEquals(1, result.measures().value("link_lost"));
        assertEquals(1, result.measures().value("XfrmInStateSeqError"));
        assertEquals(1, result.measures().value("XfrmInStateProtoError"));
        assertEquals(0, result.measures().value("twice b"));
        assertEquals(0, result.measures().value("nonces"), "a copy is no other text");
        assertEquals(1, result.failed().size());
    }

    @Test
    void shouldFindRepeatedNoncesAndNumbersThatDoNotRise() {
        RunResult repeated = ScenarioPlayer.play(run(Set.of(Hazard.NO_IV_DATABASE), send(500, 100, 2)), 1);
        assertEquals(8, repeated.measures().value("nonces"));
        assertEquals(8, repeated.measures().value("numbers"));
        RunResult mended = ScenarioPlayer.play(run(Set.of(), send(500, 100, 2)), 1);
        assertEquals(0, mended.measures().value("nonces"));
        assertEquals(0, mended.measures().value("numbers"));
        assertEquals(10, mended.measures().value("delivered b"));
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        ScenarioRun run = run(Set.of(), new Step.Chance(0, LINK, 0.2, 0.2, 0.2, 20_000), send(100, 0, 50));
        RunResult one = ScenarioPlayer.play(run, 5);
        RunResult two = ScenarioPlayer.play(run, 5);
        assertEquals(one.trace(), two.trace());
        assertEquals(one.measures().values(), two.measures().values());
        for (int i = 0; i < one.wire().size(); i++) {
            assertArrayEquals(one.wire().get(i).octets(), two.wire().get(i).octets());
        }
        assertNotEquals(one.trace(), ScenarioPlayer.play(run, 6).trace(), "luck");
    }

    @Test
    void shouldKnowItsMeasures() {
        Set<String> hosts = Set.of("a", "b.vm");
        Set<String> links = Set.of(LINK);
        for (String known : List.of("nonces", "numbers", "delivered a", "twice b.vm", "clear a-b", "link_lost")) {
            assertTrue(Measures.isKnown(known, hosts, links), known);
        }
        for (String unknown : List.of("nonce", "delivered c", "clear b", "esp", "")) {
            assertFalse(Measures.isKnown(unknown, hosts, links), unknown);
        }
    }
}
