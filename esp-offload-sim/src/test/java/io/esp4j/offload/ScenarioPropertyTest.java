package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.offload.RandomScenario.Kind;
import io.esp4j.offload.RandomScenario.Setting;
import io.esp4j.offload.RandomScenario.Step;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.simulation.Hazard;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Whatever happens, with loss, reordering, duplication, replays, resets, too small SADs, VFs that come and vanish, keys that are
 * installed again, and software and device sending in turns: no nonce is used twice, no packet is accepted twice, nothing leaves
 * in clear that should not, what leaves is what software would have sent under that number, and each frame ends once.
 */
class ScenarioPropertyTest {
    @Property(tries = 250)
    @Label(
            "A12 K2 K11 over random scenarios: no nonce and no acceptance twice, no leak, the wire as software's, every frame counted once")
    void shouldHoldOverSomeScenarios(@ForAll("settings") Setting setting, @ForAll("steps") List<Step> steps) {
        run(setting, steps);
    }

    @Property(tries = 10_000)
    @Tag("long")
    @Label("A12 K2 K11 the same over 10,000 random scenarios")
    void shouldHoldOverManyScenarios(@ForAll("settings") Setting setting, @ForAll("steps") List<Step> steps) {
        run(setting, steps);
    }

    private static void run(Setting setting, List<Step> steps, Hazard... hazards) {
        RandomScenario scenario = new RandomScenario(setting, hazards);
        steps.forEach(scenario::step);
        scenario.judge();
    }

    private static Setting plain(OffloadMode out, OffloadMode in) {
        return new Setting(1, false, 100, 100, 20_000_000_000L, out, in, FragmentPolicy.THIS_PACKET_TO_SOFTWARE, 0);
    }

    private static Step step(Kind kind, int amount) {
        return new Step(kind, 0, amount);
    }

    @Example
    @Label("the judge notices a nonce that repeats, a leak and a packet accepted twice")
    void shouldNoticeFailures() {
        Setting crypto = plain(OffloadMode.CRYPTO, OffloadMode.CRYPTO);
        List<Step> mixed = List.of(step(Kind.SEND_LARGE, 3), step(Kind.SEND_BY_SOFTWARE, 0));
        assertThrows(AssertionError.class, () -> run(crypto, mixed, Hazard.COUNT_SUPER_PACKETS));
        assertThrows(AssertionError.class, () -> run(crypto, mixed, Hazard.NO_IV_DATABASE));
        Setting packet = plain(OffloadMode.PACKET, OffloadMode.PACKET);
        assertThrows(AssertionError.class, () -> run(packet, List.of(step(Kind.SEND, 0)), Hazard.LOST_ASSOCIATION));
        List<Step> replayed = List.of(step(Kind.SEND, 0), step(Kind.SETTLE, 0), step(Kind.REPLAY_IN_FRAGMENTS, 0));
        assertThrows(AssertionError.class, () -> run(packet, replayed, Hazard.UNSHARED_WINDOW));
        run(crypto, mixed);
        run(packet, replayed);
    }

    @Provide
    Arbitrary<Setting> settings() {
        Arbitrary<Boolean> esn = Arbitraries.of(true, false);
        Arbitrary<Integer> capacity = Arbitraries.integers().between(0, 8);
        Arbitrary<Integer> queue = Arbitraries.of(256, 16, 3);
        Arbitrary<Long> rate = Arbitraries.of(20_000_000_000L, 500_000_000L, 50_000_000L);
        // At the beginning, or just before the low half wraps (and without ESN, before the numbers end).
        Arbitrary<Long> last = Arbitraries.oneOf(
                Arbitraries.just(0L), Arbitraries.longs().between(0xffff_ffffL - 60, 0xffff_ffffL - 2));
        return Combinators.combine(
                        Arbitraries.longs(),
                        esn,
                        capacity,
                        queue,
                        rate,
                        Arbitraries.of(OffloadMode.class),
                        Arbitraries.of(OffloadMode.class),
                        Combinators.combine(Arbitraries.of(FragmentPolicy.class), last)
                                .as(Map::entry))
                .as((seed, extended, sas, frames, bits, out, in, rest) ->
                        new Setting(seed, extended, sas, frames, bits, out, in, rest.getKey(), rest.getValue()));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(Kind.SEND, Kind.SEND_LARGE)),
                Tuple.of(4, Arbitraries.of(Kind.SEND_BY_SOFTWARE, Kind.WAIT, Kind.REPLAY)),
                Tuple.of(5, Arbitraries.of(Kind.class)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 300))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
