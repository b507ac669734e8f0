package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** Selectors, compiled policies and the flow cache against {@link SlowSelector}, one packet and one policy at a time. */
class PolicyPropertyTest {
    @Property(tries = 1_000)
    @Label("R47 R48 a selector matches what the RFC says it matches, in both directions")
    void shouldMatchAsTheRfcSays(@ForAll long seed) {
        Random random = new Random(seed);
        SlowSelector slow = SlowSelector.random(random);
        Selector real = slow.real();
        for (int i = 0; i < 20; i++) {
            Flow flow = TestPacket.random(random).flow();
            assertEquals(slow.matches(flow, false), real.matches(flow), () -> real + " and " + flow);
            assertEquals(slow.matches(flow, true), real.matchesReversed(flow), () -> real + " and reversed " + flow);
        }
    }

    @Property(tries = 40)
    @Label("R47 the search and the cache find the first policy that matches, through any changes of the policies")
    void shouldFindTheFirstPolicyThatMatches(@ForAll long seed) {
        Random random = new Random(seed);
        SecurityPolicyDatabase<Integer> database = new SecurityPolicyDatabase<>();
        PolicyLookup<Integer> outbound = new PolicyLookup<>(database, Direction.OUTBOUND, 3);
        PolicyLookup<Integer> inbound = new PolicyLookup<>(database, Direction.INBOUND, 3);
        for (int change = 0; change < 4; change++) {
            List<List<SlowSelector>> slow = new ArrayList<>();
            List<Policy<Integer>> policies = new ArrayList<>();
            for (int i = random.nextInt(100); i > 0; i--) {
                List<SlowSelector> selectors = new ArrayList<>();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    selectors.add(SlowSelector.random(random));
                }
                slow.add(selectors);
                policies.add(Policy.protect(
                        "policy " + i,
                        i,
                        selectors.stream().map(SlowSelector::real).toArray(Selector[]::new)));
            }
            database.update(former -> policies);
            for (int i = 0; i < 60; i++) {
                Flow flow = TestPacket.random(random).flow();
                Policy<Integer> out = first(slow, policies, flow, false);
                Policy<Integer> in = first(slow, policies, flow, true);
                assertSame(out, matched(database.lookup(flow, Direction.OUTBOUND)));
                assertSame(in, matched(database.lookup(flow, Direction.INBOUND)));
                assertSame(out, matched(outbound.find(flow, 0)));
                assertSame(in, matched(inbound.find(flow, 0)));
            }
        }
    }

    private static Policy<Integer> first(
            List<List<SlowSelector>> slow, List<Policy<Integer>> policies, Flow flow, boolean reversed) {
        for (int i = 0; i < slow.size(); i++) {
            if (slow.get(i).stream().anyMatch(selector -> selector.matches(flow, reversed))) {
                return policies.get(i);
            }
        }
        return null;
    }

    private static Policy<Integer> matched(Policy<Integer> policy) {
        return policy.protection() == null ? null : policy;
    }
}
