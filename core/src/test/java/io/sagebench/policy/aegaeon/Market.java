package io.sagebench.policy.aegaeon;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.controlplane.Refusal;
import io.sagebench.controlplane.Submission;
import io.sagebench.controlplane.SubmissionEvents;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.multimodel.CardModel;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A market of models in virtual time: so many models of 8 billion weights on so many A100 cards with 80 GB, Poisson arrivals for each model, prompts
/// and answers of about the lengths of ShareGPT.
final class Market {
    static final long SECOND = 1_000_000_000L;

    final VirtualTimeline timeline = new VirtualTimeline();
    final List<Stream> streams = new ArrayList<>();
    final List<ModelSwitchingEngine> cards = new ArrayList<>();
    final ControlPlane controlPlane;

    Market(String policy, int models, int engines, SwitchingLimits limits, UnaryOperator<Engine> dressed) {
        MultiModelProfile profile = profile(models);
        List<Engine> pool = new ArrayList<>();
        for (int i = 0; i < engines; i++) {
            cards.add(ModelSwitchingEngine.simulated(timeline, new EngineId("card-" + i), profile, limits));
            pool.add(dressed.apply(cards.getLast()));
        }
        var unlimited = new QueueLimits(1_000_000, 1_000_000, 1_000_000_000_000L, false);
        controlPlane = new ControlPlane(timeline, Policies.installed(), policy, pool, unlimited, new Seed(1), () -> 0);
    }

    Market(String policy, int models, int engines) {
        this(policy, models, engines, SwitchingLimits.DEFAULT, engine -> engine);
    }

    static MultiModelProfile profile(int models) {
        var steps = EngineProfiles.named("llama3-8b-a100").orElseThrow().stepTime();
        var cardModels = new TreeMap<String, CardModel>();
        for (int i = 0; i < models; i++) {
            cardModels.put("model-" + i, new CardModel(16_100_000_000L, 131_072, 8_192, steps));
        }
        return new MultiModelProfile("market", 75_800_000_000L, 25e9, 50_000_000, cardModels);
    }

    /// Requests of all models together.
    void load(double requestsPerSecond, double seconds, long seed) {
        int models = cards.getFirst().description().models().names().size();
        int number = 0;
        for (String model : cards.getFirst().description().models().names()) {
            var chance = new SplittableRandom(new Seed(seed).child(model).value());
            double at = chance.nextExponential() * models / requestsPerSecond;
            while (at < seconds) {
                int prompt = (int) Math.clamp(chance.nextExponential() * 300, 8, 2_000);
                int output = (int) Math.clamp(chance.nextExponential() * 250, 4, 1_500);
                submit(Math.round(at * SECOND), model, prompt, output, "r" + number++);
                at += chance.nextExponential() * models / requestsPerSecond;
            }
        }
    }

    Stream submit(long atNanos, String model, int prompt, int output, String id) {
        var stream = new Stream(atNanos, model, output);
        streams.add(stream);
        timeline.at(atNanos, () -> stream.ticket = controlPlane.submit(
                new Submission(
                        new RequestId(id),
                        Ask.prompt(RequestType.LLM_CHAT, model, prompt, output, PromptContent.unshared(new RequestId(id))),
                        Priority.NORMAL,
                        ServiceLevel.NONE,
                        Caller.UNKNOWN,
                        OptionalInt.empty(),
                        Payload.NONE),
                stream));
        return stream;
    }

    /// Share of all requests whose first token came within `ttftSeconds` and whose further tokens came within `tbtSeconds` on average.
    double attainment(double ttftSeconds, double tbtSeconds) {
        return streams.stream().filter(stream -> stream.isMet(ttftSeconds, tbtSeconds)).count() / (double) streams.size();
    }

    /// Share of all tokens that came in time, when token `i` is due `ttftSeconds + i * tbtSeconds` after the arrival: a stream may play from a buffer.
    double tokensInTime(double ttftSeconds, double tbtSeconds) {
        long inTime = 0;
        long all = 0;
        for (Stream stream : streams) {
            all += stream.output;
            for (int i = 0; i < stream.tokenNanos.size(); i++) {
                inTime += stream.tokenNanos.get(i) - stream.sentAtNanos <= (ttftSeconds + i * tbtSeconds) * SECOND ? 1 : 0;
            }
        }
        return (double) inTime / all;
    }

    /// Share of all requests that ended and each of whose tokens came in time, as in [#tokensInTime].
    double playedInTime(double ttftSeconds, double tbtSeconds) {
        return streams.stream().filter(stream -> stream.isPlayedInTime(ttftSeconds, tbtSeconds)).count() / (double) streams.size();
    }

    /// One request as its client sees it.
    final class Stream implements SubmissionEvents {
        final long sentAtNanos;
        final String model;
        final int output;
        final List<Long> tokenNanos = new ArrayList<>();
        long ticket = -1;
        Optional<String> ending = Optional.empty();

        Stream(long sentAtNanos, String model, int output) {
            this.sentAtNanos = sentAtNanos;
            this.model = model;
            this.output = output;
        }

        boolean isMet(double ttftSeconds, double tbtSeconds) {
            return ending.equals(Optional.of("finished"))
                    && tokenNanos.getFirst() - sentAtNanos <= ttftSeconds * SECOND
                    && tokenNanos.getLast() - tokenNanos.getFirst() <= tbtSeconds * SECOND * (output - 1);
        }

        boolean isPlayedInTime(double ttftSeconds, double tbtSeconds) {
            for (int i = 0; i < tokenNanos.size(); i++) {
                if (tokenNanos.get(i) - sentAtNanos > (ttftSeconds + i * tbtSeconds) * SECOND) {
                    return false;
                }
            }
            return ending.equals(Optional.of("finished"));
        }

        void cancel() {
            ending = ending.or(() -> Optional.of("cancelled"));
            controlPlane.cancel(ticket);
        }

        private void end(String how) {
            if (ending.isPresent()) {
                throw new AssertionError(model + " ended twice: " + ending.get() + ", " + how);
            }
            ending = Optional.of(how);
        }

        @Override
        public void refused(Refusal refusal) {
            end("refused: " + refusal.message());
        }

        @Override
        public void dispatched(DispatchedTo where) {}

        @Override
        public void tokens(int count) {
            if (ending.isPresent()) {
                throw new AssertionError("a token after the end: " + ending.get());
            }
            tokenNanos.add(timeline.nowNanos());
        }

        @Override
        public void finished(EngineResult result) {
            end("finished");
        }

        @Override
        public void failed(EngineFailure failure) {
            end("failed: " + failure.message());
        }
    }
}
