package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PromptBodyTest {
    private static final int ENGINE_BLOCK = 16;

    /// Blocks of 32 tokens: the first two prompts share the first block and the third; the third request repeats the first and ends within its
    /// second block; the last has words after its block.
    private static final Trace TRACE = new Trace("made", new long[] {0, 1, 2, 3}, new int[] {96, 96, 40, 100}, new int[] {1, 2, 3, 4})
            .withBlocks(32, new int[] {3, 6, 8, 9}, new long[] {0, 1, 2, 0, 7, 2, 0, 1, 0})
            .withSessions(new long[] {5, -1, 5, 6});

    @Test
    void promptsOfATraceAreAsLongAsItSaysAndRepeatWhereIdsRepeat() {
        var requests = replayed();
        assertThat(requests).extracting(PlannedRequest::promptTokens).containsExactly(96, 96, 40, 100);
        assertThat(requests).allSatisfy(request -> assertThat(request.prompt()).hasSize(4 * request.promptTokens() - 1));
        String first = requests.getFirst().prompt();
        assertThat(requests.get(1).prompt().substring(0, 128)).isEqualTo(first.substring(0, 128));
        assertThat(requests.get(1).prompt().substring(128, 256)).isNotEqualTo(first.substring(128, 256));
        assertThat(requests.get(1).prompt().substring(256)).isEqualTo(first.substring(256));
        assertThat(first).startsWith(requests.get(2).prompt());
    }

    @Test
    void enginesSeeBlocksInCommonExactlyWhereTheTextsHaveThem() {
        var requests = replayed();
        int equal = 0;
        for (PlannedRequest one : requests) {
            for (PlannedRequest other : requests) {
                int tokens = Math.min(one.promptTokens(), other.promptTokens());
                for (int from = 0; from + ENGINE_BLOCK <= tokens; from += ENGINE_BLOCK) {
                    boolean sameText = PromptContent.ofText(one.prompt()).digest(from, from + ENGINE_BLOCK)
                            == PromptContent.ofText(other.prompt()).digest(from, from + ENGINE_BLOCK);
                    boolean sameContent =
                            one.ask().content().digest(from, from + ENGINE_BLOCK) == other.ask().content().digest(from, from + ENGINE_BLOCK);
                    assertThat(sameContent).as("%s and %s from %d", one.id(), other.id(), from).isEqualTo(sameText);
                    equal += sameText && !one.equals(other) ? 1 : 0;
                }
            }
        }
        assertThat(equal).isPositive();
    }

    @Test
    void contentOverSeveralBlocksIsEqualWhereAllOfThemAre() {
        var requests = replayed();
        PromptContent first = requests.getFirst().ask().content();
        PromptContent second = requests.get(1).ask().content();
        assertThat(second.digest(0, 64)).isNotEqualTo(first.digest(0, 64));
        assertThat(requests.get(2).ask().content().digest(0, 40)).isEqualTo(first.digest(0, 40));
    }

    @Test
    void promptsOfBlocksBeginAlike() {
        assertThat(WorkloadSpecBuilder.aReplayOf(TRACE, 4).build().sharesPrefixes()).isTrue();
        var plain = new Trace("plain", new long[] {0}, new int[] {1}, new int[] {1});
        assertThat(WorkloadSpecBuilder.aReplayOf(plain, 1).build().sharesPrefixes()).isFalse();
    }

    @Test
    void theSessionsOfATraceAreSent() {
        assertThat(replayed())
                .extracting(request -> request.caller().session())
                .containsExactly(Optional.of("session-5"), Optional.empty(), Optional.of("session-5"), Optional.of("session-6"));
    }

    @Test
    void promptsOfADatasetComeEachOnceBeforeAnyComesAgain() {
        var requests = from(new MadePool(40, OptionalInt.empty()), RequestType.LLM_CHAT, 80);
        var texts = requests.stream().map(PlannedRequest::prompt).toList();
        assertThat(new HashSet<>(texts.subList(0, 40))).hasSize(40);
        assertThat(new HashSet<>(texts.subList(40, 80))).hasSize(40);
        assertThat(texts.subList(0, 40)).isNotEqualTo(texts.subList(40, 80)).isNotEqualTo(texts.stream().sorted().toList());
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.systemPrompt()).contains("Be brief.");
            assertThat(request.outputTokens()).isBetween(50, 200);
            assertThat(request.promptTokens()).isEqualTo(7);
        });
    }

    @Test
    void answersAreAsLongAsTheDatasetSays() {
        assertThat(from(new MadePool(3, OptionalInt.of(77)), RequestType.LLM_CHAT, 10))
                .extracting(PlannedRequest::outputTokens)
                .containsOnly(77);
    }

    @Test
    void aDatasetLeavesTimesAndPrioritiesAsTheyWere() {
        var given = from(new MadePool(3, OptionalInt.of(77)), RequestType.LLM_CHAT, 50);
        var made = all(spec(Optional.empty(), RequestType.LLM_CHAT, 50));
        assertThat(given).extracting(PlannedRequest::intendedAtNanos).isEqualTo(made.stream().map(PlannedRequest::intendedAtNanos).toList());
        assertThat(given).extracting(PlannedRequest::priority).isEqualTo(made.stream().map(PlannedRequest::priority).toList());
    }

    @Test
    void textsToEmbedComeFromTheirDataset() {
        var requests = from(new MadePool(10, OptionalInt.empty()), RequestType.EMBEDDING, 5);
        assertThat(requests.getFirst().texts()).hasSize(2).allSatisfy(text -> assertThat(text).startsWith("text "));
        assertThat(requests.stream().flatMap(request -> request.texts().stream()).distinct()).hasSize(10);
        assertThat(requests).extracting(PlannedRequest::promptTokens).containsOnly(14);
    }

    @Test
    void samePromptsHaveTheSameContent() {
        var requests = from(new MadePool(1, OptionalInt.empty()), RequestType.LLM_GENERATE, 2);
        assertThat(requests.getFirst().ask().content().digest(0, 4)).isEqualTo(requests.getLast().ask().content().digest(0, 4));
        assertThat(requests.getFirst().ask().content().digest(0, 4))
                .isEqualTo(PromptContent.ofText("Be brief.text 0 of ten").digest(0, 4));
    }

    @Test
    void givenPromptsHaveNoPrefixesOfOurs() {
        var traits = StreamTraits.CHAT.with(new StreamTraits.SharedPrefixes(1, 1, 10));
        assertThatThrownBy(() -> new RequestKind(
                        "a",
                        Weighted.always("m"),
                        Map.of(),
                        new LengthRange(1, 1),
                        new LengthRange(1, 1),
                        traits,
                        Optional.of(new MadePool(1, OptionalInt.empty()))))
                .hasMessageContaining("shared prefixes");
        assertThatThrownBy(() -> new PromptForm(RequestType.EMBEDDING, new PromptBody.Blocks(TRACE, 0), List.of(1)))
                .hasMessageContaining("embedding");
    }

    private static List<PlannedRequest> replayed() {
        return all(WorkloadSpecBuilder.aReplayOf(TRACE, 4).build());
    }

    private static List<PlannedRequest> from(PromptPool pool, RequestType type, int requests) {
        return all(spec(Optional.of(pool), type, requests));
    }

    @Test
    void aRowThatSaysHowUrgentItIsBeatsTheDraw() {
        var urgent = new MadePool(10, OptionalInt.of(3)) {
            @Override
            public Optional<Priority> priority(long row) {
                return row % 2 == 0 ? Optional.of(Priority.HIGH) : Optional.empty();
            }
        };
        assertThat(all(spec(Optional.of(urgent), RequestType.LLM_CHAT, 100)))
                .filteredOn(request -> request.form().body() instanceof PromptBody.Rows rows && rows.rows().getFirst() % 2 == 0)
                .hasSize(50)
                .extracting(PlannedRequest::priority)
                .containsOnly(Priority.HIGH);
        assertThat(all(spec(Optional.of(urgent), RequestType.LLM_CHAT, 100))).extracting(PlannedRequest::priority).contains(Priority.LOW);
    }

    private static WorkloadSpec spec(Optional<PromptPool> pool, RequestType type, int requests) {
        var traits = type == RequestType.EMBEDDING ? StreamTraits.embeddings(new LengthRange(2, 2)) : StreamTraits.prompts(type);
        Load load = WorkloadSpecBuilder.aWorkloadOf(requests).build().load();
        var kind = new RequestKind(
                "kind",
                Weighted.always("default"),
                Map.of(Priority.HIGH, ServiceLevel.NONE, Priority.LOW, ServiceLevel.NONE),
                new LengthRange(5, 50),
                new LengthRange(50, 200),
                traits,
                pool);
        return new WorkloadSpec(load, Weighted.always(kind), Weighted.of(Map.of(Priority.HIGH, 0.5, Priority.LOW, 0.5)));
    }

    private static List<PlannedRequest> all(WorkloadSpec spec) {
        var requests = new ArrayList<PlannedRequest>();
        WorkloadPlan.measured(spec, new Seed(7)).open(0).forEachRemaining(requests::add);
        return requests;
    }

    private static class MadePool implements PromptPool {
        private final long size;
        private final OptionalInt answers;

        MadePool(long size, OptionalInt answers) {
            this.size = size;
            this.answers = answers;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public String name() {
            return "made";
        }

        @Override
        public int promptTokens(long row) {
            return 7;
        }

        @Override
        public OptionalInt outputTokens(long row) {
            return answers;
        }

        @Override
        public String text(long row) {
            return "text " + row + " of ten";
        }

        @Override
        public Optional<String> system(long row) {
            return Optional.of("Be brief.");
        }
    }
}
