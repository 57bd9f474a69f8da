package io.sagebench.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.client.RawAnswer;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.request.Tokenizer;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.Wording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TokenRecountTest {
    private final List<RequestRecord> journal = new CopyOnWriteArrayList<>();
    private final TokenRecount recount = new TokenRecount(new Characters(), Wording.USUAL);
    private final TokenRecount.Window window = recount.over(journal::add, Runnable::run);

    @Test
    void whatTheServerCountedPassesAtOnce() {
        window.write(record("1", new TokenCounts(OptionalInt.of(5), OptionalInt.empty(), 2, TokenSource.USAGE)));
        assertThat(journal).hasSize(1);
        assertThat(window.isComplete()).isTrue();
    }

    @Test
    void whatItDidNotCountIsCountedWhenTheWindowIsOver() {
        recount.keep(new RequestId("1"), new RawAnswer("{\"choices\":[{\"text\":\"eleven char\"}]}\0".getBytes(UTF_8)));
        window.write(record("1", TokenCounts.ofEvents(3)));
        assertThat(journal).as("counting would disturb the window").isEmpty();
        finish();
        TokenCounts counted = journal.getFirst().tokens();
        assertThat(counted.output()).isEqualTo(11);
        assertThat(counted.source()).isEqualTo(TokenSource.TOKENIZER);
        assertThat(counted.countedPrompt()).as("ten words of three letters and the blanks between them").hasValue(39);
        assertThat(counted.promptSource()).isEqualTo(TokenSource.TOKENIZER);
    }

    @Test
    void anAnswerOfWhichTheServerCountedOnlyTheTokensKeepsThem() {
        window.write(record("1", new TokenCounts(OptionalInt.empty(), OptionalInt.empty(), 2, TokenSource.USAGE)));
        finish();
        assertThat(journal.getFirst().tokens().output()).isEqualTo(2);
        assertThat(journal.getFirst().tokens().source()).isEqualTo(TokenSource.USAGE);
    }

    private void finish() {
        var done = new AtomicBoolean();
        window.finish(() -> done.set(true));
        await().untilTrue(done);
    }

    private static RequestRecord record(String id, TokenCounts tokens) {
        var planned = new PlannedRequest(
                new RequestId(id), 0, 0, "m", Priority.NORMAL, ServiceLevel.NONE, 10, 4, new Seed(1));
        return new RequestRecord(
                planned, OptionalLong.of(1), new ContentEvents(), 2, tokens, Optional.empty(), new Outcome.Completed());
    }

    private static final class Characters implements Tokenizer {
        @Override
        public String name() {
            return "characters";
        }

        @Override
        public int[] encode(String text) {
            return text.chars().toArray();
        }

        @Override
        public String decode(int[] tokens) {
            throw new UnsupportedOperationException();
        }
    }
}
