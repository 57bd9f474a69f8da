package io.sagebench.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.FaultHints;
import io.sagebench.engine.Payload;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts jobs and writes down what an engine says of them, one line an event: milliseconds, and what came. Complains of events before `start`
/// returns, after the end and after cancelling.
final class EngineLog {
    private final Timeline timeline;
    private final Engine engine;

    EngineLog(Timeline timeline, Engine engine) {
        this.timeline = timeline;
        this.engine = engine;
    }

    Job start(String id, int outputTokens) {
        return start(id, outputTokens, Payload.NONE);
    }

    Job start(String id, int outputTokens, String hint) {
        return start(id, outputTokens, new Hinting(Optional.of(hint)));
    }

    Job start(String id, int outputTokens, Payload payload) {
        var job = new Job();
        job.work = engine.start(
                new EngineJob(new RequestId(id), "m", Priority.NORMAL, 10, outputTokens, payload), job);
        return job;
    }

    private record Hinting(Optional<String> faultHint) implements FaultHints {}

    final class Job implements EngineEvents {
        final List<String> heard = new ArrayList<>();
        private @Nullable EngineWork work;
        private boolean over;

        void cancel() {
            over = true;
            if (work != null) {
                work.cancel();
            }
        }

        boolean isOver() {
            return over;
        }

        /// The last thing heard; empty when nothing was.
        String ending() {
            return heard.isEmpty() ? "" : heard.getLast();
        }

        @Override
        public void tokens(int count) {
            hear(count == 1 ? "token" : count + " tokens");
        }

        @Override
        public void finished(EngineResult result) {
            hear("finished " + result.outputTokens());
            over = true;
        }

        @Override
        public void failed(EngineFailure failure) {
            hear(failure.kind() + " " + failure.status());
            over = true;
        }

        private void hear(String what) {
            assertThat(work).as("told before start returned").isNotNull();
            assertThat(over).as("told after the end: " + what).isFalse();
            heard.add(timeline.nowNanos() / 1_000_000 + " " + what);
        }
    }
}
