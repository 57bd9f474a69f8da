package io.sagebench.policy.fairness;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.arrival.Fifo;
import io.sagebench.request.RequestType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VtcPolicyTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return create(new Vtc(), Map.of(), chance);
    }

    private static Policy create(PolicyFactory factory, Map<String, String> parameters, RandomGenerator chance) {
        return factory.create(PolicyParameters.of(factory, parameters), new PolicyContext(chance, Policies.installed()));
    }

    @Test
    void tenantsTakeTurnsThoughOneAskedForAllFirst() {
        var trial = new PolicyTrial(create(new SplittableRandom(1)), aPoolOf(anEngine("a").maxConcurrent(100)));
        for (int i = 0; i < 6; i++) {
            trial.arrive(aRequest(i).tenant("greedy"));
        }
        trial.arrive(aRequest(6).tenant("modest"), aRequest(7).tenant("modest"));
        assertThat(trial.decide()).containsExactly(0L, 6L, 1L, 7L, 2L, 3L, 4L, 5L);
    }

    @Test
    void outputTokensCountAsTheyCome() {
        Policy policy = create(new Vtc(), Map.of("input_weight", "0", "output_weight", "3"), new SplittableRandom(1));
        var engine = new EngineId("a");
        policy.tokens(aRequest(0).tenant("x").build(), engine, 5, 0);
        policy.tokens(aRequest(0).tenant("x").build(), engine, 1, 0);
        assertThat(policy.figures()).containsEntry("counter_tokens.x", 18.0).containsEntry("tenants", 1.0);
        assertThat(policy.wantsEachToken()).isTrue();
    }

    /// A prompt of 30 tokens that fails on one engine and is answered by another counts 30 once; one whose client leaves has been computed.
    @Test
    void whatFailsBeforeItsFirstTokenDoesNotCount() {
        Policy policy = create(new SplittableRandom(1));
        var engine = new EngineId("a");
        Waiting request = aRequest(0).tokens(30, 4).tenant("x").build();
        for (Policy.Ending ending : List.of(Policy.Ending.FAILED, Policy.Ending.WITHDRAWN)) {
            policy.arrived(request);
            assertThat(policy.next(aPoolOf(anEngine("a")))).isInstanceOf(Decision.Dispatch.class);
            assertThat(policy.figures()).containsEntry("counter_tokens.x", 30.0);
            policy.ended(request, engine, 0, ending, 0);
        }
        assertThat(policy.figures()).containsEntry("counter_tokens.x", 30.0);
    }

    @Test
    void needsSeveralTenants() {
        assertThat(new Vtc().missing(offer(2))).isEmpty();
        assertThat(new Vtc().missing(offer(1)).orElseThrow()).contains("two tenants");
        assertThat(new Vtc().missing(offer(0))).isPresent();
    }

    private static Offer offer(int tenants) {
        return new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), tenants, false, List.of());
    }

    private static final int LONGEST_PROMPT = 80;
    private static final int CACHE_TOKENS = 500;
    private static final double BOUND = 2 * Math.max(1 * LONGEST_PROMPT, 2 * CACHE_TOKENS);

    /// Theorem 4.4 of Sheng et al.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theServiceOfTenantsThatAlwaysWaitDiffersByNoMoreThanTheBoundInAnyInterval(long seed) {
        assertThat(greatestGap(create(new SplittableRandom(seed)), seed)).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void withoutFairnessTheSameLoadBreaksTheBound() {
        assertThat(greatestGap(create(new Fifo(), Map.of(), new SplittableRandom(1)), 1)).isGreaterThan(5 * BOUND);
    }

    @Test
    void fifoWithFairnessKeepsTheBound() {
        Policy fair = create(new Fifo(), Map.of("fairness", "vtc"), new SplittableRandom(1));
        assertThat(fair.wantsEachToken()).isTrue();
        assertThat(greatestGap(fair, 1)).isLessThanOrEqualTo(BOUND);
    }

    /// Two tenants that always have requests waiting, one with short requests, one with long ones; each running request gets a token a step.
    ///
    /// @return the greatest difference between the service of the two in any interval
    private static double greatestGap(Policy policy, long seed) {
        var chance = new SplittableRandom(seed);
        FakePool pool = aPoolOf(anEngine("a").maxConcurrent(6).kvTokens(CACHE_TOKENS));
        var waiting = new HashMap<String, Integer>(Map.of("short", 0, "long", 0));
        var tokensLeft = new HashMap<Waiting, Integer>();
        double ahead = 0;
        double least = 0;
        double most = 0;
        long sequence = 0;
        for (int step = 0; step < 4_000; step++) {
            for (String tenant : List.of("short", "long")) {
                while (waiting.getOrDefault(tenant, 0) < 4) {
                    var request = aRequest(sequence++).tenant(tenant);
                    policy.arrived((tenant.equals("short")
                                    ? request.tokens(chance.nextInt(1, 20), chance.nextInt(1, 15))
                                    : request.tokens(chance.nextInt(20, LONGEST_PROMPT + 1), chance.nextInt(10, 120)))
                            .build());
                    waiting.merge(tenant, 1, Integer::sum);
                }
            }
            while (policy.next(pool) instanceof Decision.Dispatch dispatch) {
                pool.carryOut(dispatch);
                Waiting request = dispatch.request();
                waiting.merge(request.tenant().orElseThrow(), -1, Integer::sum);
                tokensLeft.put(request, request.maxOutputTokens());
                ahead += sign(request) * request.promptTokens();
                assertThat(waiting).as("both still wait").doesNotContainValue(-1);
                if (waiting.containsValue(0)) {
                    break; // let the tenant ask for more before the next decision
                }
            }
            for (InFlight running : pool.running()) {
                Waiting request = running.request();
                policy.tokens(request, running.engine(), 1, step);
                ahead += sign(request) * 2.0;
                if (tokensLeft.merge(request, -1, Integer::sum) == 0) {
                    tokensLeft.remove(request);
                    pool.end(running);
                    policy.ended(request, running.engine(), request.maxOutputTokens(), Policy.Ending.COMPLETED, step);
                }
            }
            least = Math.min(least, ahead);
            most = Math.max(most, ahead);
        }
        return most - least;
    }

    private static int sign(Waiting request) {
        return request.tenant().orElseThrow().equals("long") ? 1 : -1;
    }
}
