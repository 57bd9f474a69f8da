package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.List;

/// The forward model: the simulated engine serves the very same requests at the same times, in virtual time.
final class Replay {
    private static final String MODEL = "calibrated";

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final SimulatedEngine engine;

    private Replay(EngineProfile profile) {
        engine = new SimulatedEngine(timeline, new EngineId("calibrated"), ServedModels.of(MODEL), withoutNoise(profile));
    }

    /// Chance would only hide what a constant does.
    private static EngineProfile withoutNoise(EngineProfile profile) {
        return new EngineProfile(
                profile.name(), profile.model(), profile.stepTime(), profile.scheduler(), profile.kvBlocks(), profile.overhead(),
                profile.speculation(), 0);
    }

    /// What the engine makes of one request: when its tokens came, or nothing when it does not fit.
    static final class Served implements EngineEvents {
        private final VirtualTimeline timeline;
        private long firstTokenAtNanos = -1;
        private long lastTokenAtNanos = -1;

        private Served(VirtualTimeline timeline) {
            this.timeline = timeline;
        }

        boolean isServed() {
            return firstTokenAtNanos >= 0;
        }

        long firstTokenAtNanos() {
            return firstTokenAtNanos;
        }

        long lastTokenAtNanos() {
            return lastTokenAtNanos;
        }

        @Override
        public void tokens(int count) {
            lastTokenAtNanos = timeline.nowNanos();
            if (firstTokenAtNanos < 0) {
                firstTokenAtNanos = lastTokenAtNanos;
            }
        }

        @Override
        public void finished(EngineResult result) {}

        @Override
        public void failed(EngineFailure failure) {}
    }

    /// In the order of the level's requests, with times from its first send.
    static List<Served> of(EngineProfile profile, LoadLevel level) {
        var replay = new Replay(profile);
        var all = new ArrayList<Served>();
        long beganAtNanos = level.requests().getFirst().sentAtNanos();
        for (ObservedRequest request : level.requests()) {
            var served = new Served(replay.timeline);
            int number = all.size();
            all.add(served);
            replay.timeline.at(
                    request.sentAtNanos() - beganAtNanos,
                    () -> replay.start(number, request.promptTokens(), request.outputTokens(), served));
        }
        replay.timeline.run();
        return all;
    }

    /// Drives a level of a sweep through the engine, wave after wave.
    static List<ObservedRequest> ofSweep(EngineProfile profile, SweepLevel level) {
        var replay = new Replay(profile);
        var observed = new ArrayList<ObservedRequest>();
        for (List<SweepLevel.Lengths> wave : level.waves()) {
            long sentAtNanos = replay.timeline.nowNanos();
            var all = new ArrayList<Served>();
            for (SweepLevel.Lengths lengths : wave) {
                var served = new Served(replay.timeline);
                all.add(served);
                replay.start(all.size(), lengths.promptTokens(), lengths.outputTokens(), served);
            }
            replay.timeline.run();
            for (int i = 0; i < wave.size(); i++) {
                Served served = all.get(i);
                if (served.isServed()) {
                    SweepLevel.Lengths lengths = wave.get(i);
                    observed.add(new ObservedRequest(
                            sentAtNanos, lengths.promptTokens(), lengths.outputTokens(), served.firstTokenAtNanos, served.lastTokenAtNanos));
                }
            }
        }
        return observed;
    }

    private void start(int number, int promptTokens, int outputTokens, Served events) {
        engine.start(
                new EngineJob(
                        new RequestId("request-" + number), MODEL, Priority.NORMAL, promptTokens, outputTokens, Payload.NONE),
                events);
    }
}
