package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.ServedModels;
import io.sagebench.live.server.GenerationRequest.Delivery;
import io.sagebench.live.server.GenerationRequest.Length;
import io.sagebench.live.server.MockEngineOptions.Answers;
import io.sagebench.live.server.MockEngineOptions.Lengths;
import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerLengthsTest {
    private static final int CONTEXT = 1_000;
    private static final Prompt EIGHT_TOKENS = Prompt.of("the and for are but not you all ");

    @Test
    void answersAreAsLongAsAllowed() throws BadRequest {
        PlannedJob job = plan(Lengths.FULL, Answers.WORDS, atMost(500));
        assertThat(job.outputTokens()).isEqualTo(500);
        assertThat(job.reasonFor(500)).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void answersWithoutALimitEndByThemselves() throws BadRequest {
        PlannedJob job = plan(Lengths.FULL, Answers.WORDS, new Length(OptionalInt.empty(), 0, false));
        assertThat(job.maxTokens()).isEqualTo(CONTEXT - 8);
        assertThat(job.outputTokens()).isEqualTo(AnswerLengths.WITHOUT_LIMIT);
        assertThat(job.reasonFor(job.outputTokens())).isEqualTo(FinishReason.STOP);
        assertThat(plan(Lengths.FULL, Answers.WORDS, new Length(OptionalInt.empty(), 300, false)).outputTokens())
                .isEqualTo(300);
    }

    @Test
    void sampledLengthsHaveTheSharesOfTheirClasses() throws BadRequest {
        var counts = new int[6];
        int requests = 6_000;
        for (int i = 0; i < requests; i++) {
            int tokens = plan(Lengths.SAMPLED, Answers.WORDS, "r" + i, atMost(60)).outputTokens();
            counts[(tokens - 1) / 10]++;
        }
        double[] shares = {0.20, 0.30, 0.20, 0.05, 0.10, 0.15};
        for (int i = 0; i < shares.length; i++) {
            assertThat((double) counts[i] / requests).isCloseTo(shares[i], within(0.02));
        }
    }

    @Test
    void sampledLengthsRepeatForTheSameRequest() throws BadRequest {
        PlannedJob one = plan(Lengths.SAMPLED, Answers.WORDS, "r1", atMost(900));
        assertThat(plan(Lengths.SAMPLED, Answers.WORDS, "r1", atMost(900))).isEqualTo(one);
        assertThat(plan(Lengths.SAMPLED, Answers.WORDS, "r2", atMost(900)).outputTokens())
                .isNotEqualTo(one.outputTokens());
    }

    @Test
    void sampledLengthsKeepTheirBounds() throws BadRequest {
        for (int i = 0; i < 100; i++) {
            assertThat(plan(Lengths.SAMPLED, Answers.WORDS, "r" + i, atMost(1)).outputTokens()).isOne();
            assertThat(plan(Lengths.SAMPLED, Answers.WORDS, "r" + i, new Length(OptionalInt.of(90), 80, false)).outputTokens())
                    .isBetween(80, 90);
            assertThat(plan(Lengths.SAMPLED, Answers.WORDS, "r" + i, new Length(OptionalInt.of(90), 0, true)).outputTokens())
                    .isEqualTo(90);
        }
    }

    @Test
    void anEchoEndsWithItsText() throws BadRequest {
        assertThat(plan(Lengths.FULL, Answers.ECHO, atMost(500)).outputTokens()).isEqualTo(8);
        assertThat(plan(Lengths.FULL, Answers.ECHO, atMost(5)).outputTokens()).isEqualTo(5);
        assertThat(plan(Lengths.FULL, Answers.ECHO, new Length(OptionalInt.of(9), 0, true)).outputTokens()).isEqualTo(9);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> plan(Lengths.FULL, Answers.WORDS, atMost(993)))
                .hasMessage("'max_tokens' or 'max_completion_tokens' is too large: 993. This model's maximum context length is "
                        + "1000 tokens and your request has 8 input tokens (993 > 1000 - 8).");
        assertThatThrownBy(() -> lengths(Lengths.FULL, Answers.WORDS)
                        .plan(request("r", Prompt.of("x".repeat(4_000)), atMost(1))))
                .hasMessageContaining("your request has 1000 input tokens");
        assertThatThrownBy(() -> lengths(Lengths.FULL, Answers.WORDS)
                        .planEmbeddings(List.of(Prompt.of("x".repeat(4_001)))))
                .hasMessageContaining("you requested 1001 tokens in the input for embedding generation");
    }

    private static Length atMost(int tokens) {
        return new Length(OptionalInt.of(tokens), 0, false);
    }

    private static PlannedJob plan(Lengths lengths, Answers answers, Length length) throws BadRequest {
        return plan(lengths, answers, "r", length);
    }

    private static PlannedJob plan(Lengths lengths, Answers answers, String id, Length length) throws BadRequest {
        return lengths(lengths, answers).plan(request(id, EIGHT_TOKENS, length)).getFirst();
    }

    private static GenerationRequest request(String id, Prompt prompt, Length length) {
        return new GenerationRequest(
                new RequestId(id), "m", Priority.NORMAL, List.of(prompt), 1, length, List.of(), false, false, Delivery.WHOLE);
    }

    private static AnswerLengths lengths(Lengths lengths, Answers answers) {
        var options =
                new MockEngineOptions(answers, lengths, OptionalInt.empty(), 8, Duration.ZERO, true, false, new Seed(7));
        var engine = new EngineDescription(
                new EngineId("e"),
                "test",
                ServedModels.of("m"),
                1,
                OptionalInt.of(CONTEXT),
                OptionalLong.empty(),
                EngineSpeed.UNKNOWN_SERVER);
        return new AnswerLengths(options, engine);
    }
}
