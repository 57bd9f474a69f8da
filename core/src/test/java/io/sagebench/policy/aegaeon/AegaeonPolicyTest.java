package io.sagebench.policy.aegaeon;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineTraits;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Requests take 10 ms of prefill and 90 ms of decode unless a test says otherwise; a switch counts as 1 s.
class AegaeonPolicyTest implements PolicyContract {
    private static final Aegaeon FACTORY = new Aegaeon();

    @Override
    public Policy create(RandomGenerator chance) {
        return aegaeon(Map.of());
    }

    private static Policy aegaeon(Map<String, String> parameters) {
        return FACTORY.create(
                PolicyParameters.of(FACTORY, parameters), new PolicyContext(new SplittableRandom(1), Policies.installed()));
    }

    private static FakeEngine card(String name) {
        return anEngine(name)
                .models("m", "n", "o")
                .traits(EngineTraits.UNKNOWN.switchingModels())
                .maxConcurrent(1_000)
                .kvTokens(1_000_000);
    }

    private static FakeEngine severalModels(String name) {
        return anEngine(name).models("m", "n", "o").maxConcurrent(1_000).kvTokens(1_000_000);
    }

    private static List<String> sentTo(FakePool pool, WaitingBuilder... requests) {
        var trial = new PolicyTrial(aegaeon(Map.of()), pool);
        trial.arrive(requests).decide();
        return trial.engines();
    }

    @Test
    void aBurstOfOneModelFillsGroupsOnAllCards() {
        var requests = new WaitingBuilder[25];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = aRequest(i).serviceMillis(1_000, 10); // a group of eight takes longer than half of 10 s
        }
        List<String> engines = sentTo(aPoolOf(card("a"), card("b"), card("c")), requests);
        assertThat(engines.subList(0, 8)).containsOnly("a");
        assertThat(engines.subList(8, 16)).containsOnly("b");
        assertThat(engines.subList(16, 24)).containsOnly("c");
        assertThat(Set.copyOf(engines)).hasSize(3);
        assertThat(List.of("a", "b", "c")).allMatch(engine -> Collections.frequency(engines, engine) <= 16);
    }

    @Test
    void differentModelsGoToDifferentCardsAndLaterRequestsFollowThem() {
        List<String> engines = sentTo(
                aPoolOf(card("a"), card("b"), card("c")),
                aRequest(0),
                aRequest(1).model("n"),
                aRequest(2).model("o"),
                aRequest(3).model("n"),
                aRequest(4).model("m"),
                aRequest(5).model("o"));
        assertThat(engines).containsExactly("a", "b", "c", "b", "a", "c");
    }

    @Test
    void aModelStaysWhereItDecodesUntilAnotherCardHasTwoModelsFewer() {
        Policy policy = aegaeon(Map.of());
        var pool = aPoolOf(card("a"), card("b"));
        var trial = new PolicyTrial(policy, pool);
        trial.arrive(aRequest(0), aRequest(1).model("n").serviceMillis(10, 60_000)).decide();
        trial.arrive(aRequest(2).model("o")).decide();
        assertThat(trial.engines()).as("o beside m").containsExactly("a", "b", "a");
        for (long sequence = 0; sequence < 3; sequence++) { // all prefills are done: no group is open
            policy.tokens(aRequest(sequence).model(List.of("m", "n", "o").get((int) sequence)).build(), engineOf(trial, (int) sequence), 1, 0);
        }
        trial.arrive(aRequest(3)).decide();
        assertThat(trial.engines().getLast()).as("two models here, one there").isEqualTo("a");
        policy.ended(aRequest(1).model("n").build(), engineOf(trial, 1), 10, Policy.Ending.COMPLETED, 0);
        policy.tokens(aRequest(3).build(), engineOf(trial, 3), 1, 0);
        trial.arrive(aRequest(4)).decide();
        assertThat(trial.engines().getLast()).as("two models here, none there").isEqualTo("b");
    }

    private static io.sagebench.engine.EngineId engineOf(PolicyTrial trial, int index) {
        return new io.sagebench.engine.EngineId(trial.engines().get(index));
    }

    @Test
    void anEngineThatCannotBeDrivenGetsOneModelAtATime() {
        var trial = new PolicyTrial(aegaeon(Map.of()), aPoolOf(severalModels("s")));
        trial.arrive(aRequest(0), aRequest(1).model("n"), aRequest(2), aRequest(3).model("n"));
        assertThat(trial.decide()).as("first come, first served, and what shares its model").containsExactly(0L, 2L);
        assertThat(trial.endAll().decide()).containsExactly(1L, 3L);
        assertThat(trial.endAll().decide()).isEmpty();
    }

    @Test
    void whereOthersWaitAModelIsAdmittedForAGroupOnly() {
        var trial = new PolicyTrial(aegaeon(Map.of()), aPoolOf(severalModels("s")));
        trial.arrive(aRequest(0), aRequest(1).model("n"));
        for (int i = 2; i < 20; i++) {
            trial.arrive(aRequest(i));
        }
        assertThat(trial.decide()).containsExactly(0L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(trial.endAll().decide()).containsExactly(1L);
        assertThat(trial.endAll().decide()).hasSize(11);
    }

    /// Steps take 1 ms and are due every 100: n is 100, S 0.02 for two models, q = 2 / (100 * 0.48) = 42 ms.
    @Test
    void whereOthersWaitAModelIsAdmittedForItsQuotaOnly() {
        for (long millis : List.of(41L, 42L)) {
            var trial = new PolicyTrial(aegaeon(Map.of()), aPoolOf(severalModels("s")));
            trial.arrive(aRequest(0), aRequest(1).model("n")).decide();
            trial.arrive(aRequest(2)).atMillis(millis);
            assertThat(trial.decide()).as("after %s ms", millis).hasSize(millis == 41 ? 1 : 0);
        }
    }

    @Test
    void aMixedPoolSendsEachRequestWhereItFits() {
        var trial = new PolicyTrial(aegaeon(Map.of()), aPoolOf(card("card"), anEngine("only m").maxConcurrent(1), severalModels("s")));
        for (int i = 0; i < 30; i++) {
            trial.arrive(aRequest(i).model(List.of("m", "n", "o").get(i % 3)));
        }
        List<Long> sent = new ArrayList<>(trial.decide());
        for (int i = 0; i < 40; i++) {
            sent.addAll(trial.endAll().atMillis(i).decide());
        }
        assertThat(sent).hasSize(30).doesNotHaveDuplicates();
        assertThat(trial.engines()).contains("card", "only m");
    }

    @Test
    void saysHowItFallsShort() {
        Policy policy = aegaeon(Map.of());
        assertThat(policy.degraded(aPoolOf(card("a"), card("b")))).isEmpty();
        assertThat(policy.degraded(aPoolOf(card("a"), severalModels("s"), anEngine("x"))).orElseThrow())
                .contains("between requests")
                .contains("s: one model at a time is admitted, in groups of 8")
                .contains("x: one model, nothing to switch")
                .doesNotContain("a:");
    }

    @Test
    void needsMoreThanOneModelUnlessAnEngineSwitches() {
        var one = new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 0, false, List.of(anEngine("x").description()));
        var two = new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m", "n"), 0, false, List.of());
        var switching = new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 0, false, List.of(card("a").description()));
        assertThat(FACTORY.missing(one)).hasValue("more than one model");
        assertThat(FACTORY.missing(two)).isEmpty();
        assertThat(FACTORY.missing(switching)).isEmpty();
        var embeds = anEngine("e").models("e").types(RequestType.EMBEDDING).description();
        var beside = new Offer(
                Set.of(RequestType.LLM_CHAT, RequestType.EMBEDDING), Set.of("m", "e"), 0, false, List.of(anEngine("x").description(), embeds));
        assertThat(FACTORY.missing(beside)).as("embeddings are no second model to switch to").hasValue("more than one model");
    }

    @Test
    void whatAnotherPolicyHadSentDoesNotKeepAnEngineFromOthers() {
        var trial = new PolicyTrial(aegaeon(Map.of()), aPoolOf(severalModels("s").runs(aRequest(100))));
        trial.arrive(aRequest(0).model("n"), aRequest(1).model("o"));
        assertThat(trial.decide()).containsExactly(0L);
        assertThat(trial.endAll().decide()).containsExactly(1L);
    }
}
