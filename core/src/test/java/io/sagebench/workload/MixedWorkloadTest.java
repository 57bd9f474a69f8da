package io.sagebench.workload;

import static io.sagebench.workload.WorkloadSpecBuilder.aWorkloadOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.engine.PromptContent;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import io.sagebench.workload.MixedWorkload.Stream;
import io.sagebench.workload.StreamTraits.SharedPrefixes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MixedWorkloadTest {
    private static final Seed SEED = new Seed(11);
    private static final StreamTraits PREFIXED = StreamTraits.CHAT.of("docs").inSessions(3).with(new SharedPrefixes(0.8, 4, 40));
    private static final StreamTraits EMBEDDINGS = StreamTraits.embeddings(new LengthRange(1, 4));

    @Test
    void mergesTheStreamsByTimeAndCountsThemAnew() {
        var requests = all(new MixedWorkload(List.of(chats(20), documents(10), embeddings(30))));
        assertThat(requests).hasSize(600);
        assertThat(requests).extracting(PlannedRequest::intendedAtNanos).isSorted();
        for (int i = 0; i < requests.size(); i++) {
            assertThat(requests.get(i).index()).isEqualTo(i);
        }
        assertThat(requests).extracting(PlannedRequest::id).doesNotHaveDuplicates();
        assertThat(requests.subList(0, 100)).extracting(PlannedRequest::type).contains(RequestType.LLM_CHAT, RequestType.EMBEDDING);
    }

    @Test
    void changingOneStreamLeavesTheOthersAsTheyWere() {
        var before = all(new MixedWorkload(List.of(chats(20), documents(10), embeddings(30))));
        var after = all(new MixedWorkload(List.of(embeddings(99), chats(20), documents(10))));
        Predicate<PlannedRequest> untouched = request -> request.type() == RequestType.LLM_CHAT;
        assertThat(of(after, untouched)).isEqualTo(of(before, untouched));
        assertThat(of(after, untouched.negate())).isNotEqualTo(of(before, untouched.negate()));
    }

    @Test
    void aStreamOfItsOwnIsWhatItIsInTheMix() {
        var alone = all(new MixedWorkload(List.of(documents(10))));
        var mixed = all(new MixedWorkload(List.of(chats(20), documents(10))));
        assertThat(of(mixed, request -> request.caller().tenant().isPresent())).isEqualTo(of(alone, _ -> true));
    }

    @Test
    void saysWhatItOffers() {
        var mixed = new MixedWorkload(List.of(chats(20), documents(10), embeddings(30)));
        assertThat(mixed.types()).containsExactly(RequestType.LLM_CHAT, RequestType.EMBEDDING);
        assertThat(mixed.models()).containsExactly("default");
        assertThat(mixed.tenants()).isEqualTo(1);
        assertThat(mixed.sharesPrefixes()).isTrue();
        assertThat(new MixedWorkload(List.of(chats(20))).sharesPrefixes()).isFalse();
    }

    @Test
    void embeddingsBringOneToFourTextsAndNoOutput() {
        var requests = all(new MixedWorkload(List.of(embeddings(30))));
        var counts = new HashSet<Integer>();
        for (PlannedRequest request : requests) {
            counts.add(request.form().textTokens().size());
            assertThat(request.outputTokens()).isZero();
            assertThat(request.promptTokens()).isEqualTo(request.form().textTokens().stream().mapToInt(Integer::intValue).sum());
            assertThat(request.ask().texts().orElseThrow().tokens()).isEqualTo(request.form().textTokens());
            assertThat(request.texts()).extracting(text -> (text.length() + 1) / 4).isEqualTo(request.form().textTokens());
        }
        assertThat(counts).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void theGivenShareOfPromptsBeginsWithOneOfThePrefixes() {
        var requests = all(new MixedWorkload(List.of(documents(10))));
        var prefixed = of(requests, request -> request.form().prefix().isPresent());
        assertThat(prefixed.size() / (double) requests.size()).isBetween(0.7, 0.9);
        var beginnings = new HashSet<String>();
        for (PlannedRequest request : prefixed) {
            assertThat(request.prompt()).hasSize(request.promptTokens() * 4 - 1);
            assertThat(request.promptTokens()).isBetween(90, 540);
            beginnings.add(request.prompt().substring(0, 40 * 4));
        }
        assertThat(beginnings).hasSize(4);
        assertThat(requests).allSatisfy(request -> assertThat(request.caller().session().orElseThrow()).startsWith("docs-session-"));
    }

    /// Both sides cut a prompt into blocks of 16 tokens; two prompts have a block in common in virtual time exactly where their texts have.
    @Test
    void contentIsEqualExactlyWhereTheTextsAre() {
        var requests = all(new MixedWorkload(List.of(documents(10)))).subList(0, 60);
        int equal = 0;
        for (PlannedRequest one : requests) {
            for (PlannedRequest other : requests) {
                PromptContent text = PromptContent.ofText(one.prompt());
                PromptContent otherText = PromptContent.ofText(other.prompt());
                int tokens = Math.min(one.promptTokens(), other.promptTokens());
                for (int from = 0; from + 16 <= tokens; from += 16) {
                    boolean sameText = text.digest(from, from + 16) == otherText.digest(from, from + 16);
                    boolean sameContent = one.ask().content().digest(from, from + 16) == other.ask().content().digest(from, from + 16);
                    assertThat(sameContent).as("%s and %s from %d", one.id(), other.id(), from).isEqualTo(sameText);
                    equal += sameText && !one.equals(other) ? 1 : 0;
                }
            }
        }
        assertThat(equal).isPositive();
    }

    @Test
    void announcingTellsTheLengthOfAnswersAndNothingElse() {
        Plan plan = new MixedWorkload(List.of(documents(10), embeddings(30))).measured(SEED);
        var announced = new ArrayList<PlannedRequest>();
        plan.announcingOutput().open(0).forEachRemaining(announced::add);
        assertThat(plan.announcingOutput().size()).isEqualTo(plan.size());
        assertThat(announced).allSatisfy(request ->
                assertThat(request.announcesOutput()).isEqualTo(request.type() == RequestType.LLM_CHAT));
        assertThat(announced).usingRecursiveFieldByFieldElementComparatorIgnoringFields("announcesOutput").isEqualTo(all(plan));
    }

    @Test
    void refusesTwoStreamsOfOneName() {
        assertThatThrownBy(() -> new MixedWorkload(List.of(chats(1), chats(2)))).hasMessage("two streams are named chats");
    }

    @Test
    void refusesAClosedLoopAmongItsStreams() {
        var loop = new Stream("loop", aWorkloadOf(new WorkloadSpec.Load.Closed(2, Extent.requests(5))).build());
        assertThatThrownBy(() -> new MixedWorkload(List.of(chats(1), loop)))
                .hasMessage("stream loop is a closed loop, which cannot be one of several streams");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> EMBEDDINGS.with(new SharedPrefixes(1, 1, 1))).hasMessageContaining("prefixes are shared by prompts");
        assertThatThrownBy(() -> new PromptForm(RequestType.EMBEDDING, Optional.empty(), List.of()))
                .hasMessageContaining("texts go with embedding");
        assertThatThrownBy(() -> new SharedPrefixes(1.1, 1, 1)).hasMessageContaining("from 0 to 1");
    }

    private static Stream chats(double rate) {
        return new Stream("chats", aWorkloadOf(200, new PoissonArrivals(rate)).build());
    }

    private static Stream documents(double rate) {
        return new Stream("documents", aWorkloadOf(200, new PoissonArrivals(rate)).traits(PREFIXED).build());
    }

    private static Stream embeddings(double rate) {
        return new Stream("embeddings", aWorkloadOf(200, new PoissonArrivals(rate)).traits(EMBEDDINGS).build());
    }

    private static List<PlannedRequest> all(MixedWorkload workload) {
        return all(workload.measured(SEED));
    }

    private static List<PlannedRequest> all(Plan plan) {
        var all = new ArrayList<PlannedRequest>();
        plan.open(0).forEachRemaining(all::add);
        return all;
    }

    /// Without their places in the plan, which the other streams decide.
    private static List<PlannedRequest> of(List<PlannedRequest> requests, Predicate<PlannedRequest> which) {
        return requests.stream().filter(which).map(request -> request.withIndex(0)).toList();
    }
}
