package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Probe;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.request.RequestId;
import io.sagebench.time.TickSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// An engine around another one that complains of jobs it should not have got: of a model or type it does not serve, too long for it, more than it
/// takes at a time, or of a request that is on an engine already. And of events that no engine may send.
final class WatchedEngine implements Engine {
    private final Engine inner;
    private final EngineDescription description;
    private final Set<RequestId> onEngines;
    private int places;
    private int alive;
    private int started;

    /// @param description what it says of itself
    /// @param onEngines   the requests that are on any engine of the fleet, shared by all of them
    WatchedEngine(Engine inner, EngineDescription description, Set<RequestId> onEngines) {
        this.inner = inner;
        this.description = description;
        this.onEngines = onEngines;
    }

    /// Jobs it has got so far.
    int started() {
        return started;
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        var watched = new Watched(job, events);
        watched.begin();
        return watched.of(inner.start(job, watched));
    }

    @Override
    public List<EngineWork> startTogether(List<EngineJob> jobs, List<EngineEvents> events) {
        assertThat(jobs).isNotEmpty().hasSameSizeAs(events).allMatch(EngineJob::isEmbedding);
        assertThat(jobs.stream().map(EngineJob::model).distinct()).as("models of one call").hasSize(1);
        var watched = new ArrayList<Watched>();
        for (int i = 0; i < jobs.size(); i++) {
            watched.add(new Watched(jobs.get(i), events.get(i)));
            watched.getLast().begin();
        }
        List<EngineWork> works = inner.startTogether(jobs, List.copyOf(watched));
        var handles = new ArrayList<EngineWork>();
        for (int i = 0; i < works.size(); i++) {
            handles.add(watched.get(i).of(works.get(i)));
        }
        return handles;
    }

    @Override
    public void probe(Consumer<Probe> answer) {
        inner.probe(answer);
    }

    @Override
    public Optional<ReportedLoad> reportedLoad() {
        return inner.reportedLoad();
    }

    @Override
    public void scheduleBy(Optional<TokenScheduling> other) {
        inner.scheduleBy(other);
    }

    @Override
    public long untoldTokens() {
        return inner.untoldTokens();
    }

    /// One job, between the control plane and the engine.
    private final class Watched implements EngineEvents {
        private final EngineJob job;
        private final EngineEvents events;
        private boolean over;

        Watched(EngineJob job, EngineEvents events) {
            this.job = job;
            this.events = events;
        }

        private int size() {
            return Math.max(1, job.ask().textCount());
        }

        void begin() {
            assertThat(description.models().serves(job.model(), job.ask().type()))
                    .as("%s for %s on %s", job.ask().type(), job.model(), description.id())
                    .isTrue();
            assertThat(description.fits(job.mostTokens())).as("%d tokens on %s", job.mostTokens(), description.id()).isTrue();
            assertThat(onEngines.add(job.id())).as("%s is on an engine already", job.id()).isTrue();
            places += size();
            alive++;
            started++;
            assertThat(places <= description.maxConcurrent() || alive == 1)
                    .as("%d requests of %d places on %s", alive, places, description.id())
                    .isTrue();
        }

        private void end() {
            assertThat(over).as("%s has ended on %s", job.id(), description.id()).isFalse();
            over = true;
            onEngines.remove(job.id());
            places -= size();
            alive--;
        }

        EngineWork of(EngineWork work) {
            return new EngineWork() {
                @Override
                public void cancel() {
                    work.cancel();
                    if (!over) {
                        end();
                    }
                }

                @Override
                public int untoldTokens() {
                    return work.untoldTokens();
                }

                @Override
                public OptionalLong lastUntoldAtNanos() {
                    return work.lastUntoldAtNanos();
                }
            };
        }

        @Override
        public void tokens(int count) {
            assertThat(over).as("%s has ended on %s", job.id(), description.id()).isFalse();
            assertThat(count).isPositive();
            events.tokens(count);
        }

        @Override
        public boolean wantsEachToken() {
            return events.wantsEachToken();
        }

        @Override
        public void tokensAt(List<TickSpan> ticks) {
            events.tokensAt(ticks);
        }

        @Override
        public void finished(EngineResult result) {
            end();
            events.finished(result);
        }

        @Override
        public void failed(EngineFailure failure) {
            end();
            events.failed(failure);
        }
    }
}
