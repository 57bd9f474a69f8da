package io.sagebench.benchmark;

import io.sagebench.engine.EngineDescription;
import io.sagebench.live.client.ControlPlaneAdmin;
import io.sagebench.live.client.PolicyAnswer;
import io.sagebench.random.Seed;
import io.sagebench.report.TargetReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A control plane behind a URL. Policies are switched by its admin endpoint; a switch that fails ends the benchmark, since everything after
/// it would be measured under another policy than it says.
class HttpSession implements Session {
    private static final int NOT_FOUND = 404;

    private final URI url;
    private final TargetReport target;
    private final ControlPlaneAdmin admin;
    private final Function<String, Map<String, String>> parameters;
    private final LiveStand stand;
    private final Thread rehearsal;
    private final Runnable beforeEach;
    private final Runnable closeTarget;
    private final List<EngineDescription> engines;
    private final Optional<Duration> settle;
    private final PromptTuning tuning;
    private final Watching watching;
    private boolean activated;

    /// @param rehearsal     warms the load client up; waited for before the first policy
    /// @param tuning        of the prompts that are made up
    /// @param watching      machines, while it is measured; closed with this
    /// @param engines       behind it, when they are known
    /// @param targetFailure what has ended the target, when it lives in this process and has failed
    /// @param beforeEach    makes the target ready for a measurement
    /// @param closeTarget   gives back what the target holds, when this closes
    HttpSession(
            URI url,
            BenchmarkConfig config,
            TargetReport target,
            ControlPlaneAdmin admin,
            PromptTuning tuning,
            Watching watching,
            List<EngineDescription> engines,
            Thread rehearsal,
            Supplier<Optional<Throwable>> targetFailure,
            Runnable beforeEach,
            Runnable closeTarget) {
        this.url = url;
        this.target = target;
        this.admin = admin;
        this.parameters = config::parametersOf;
        this.settle = config.measuring().settle();
        this.engines = List.copyOf(engines);
        this.rehearsal = rehearsal;
        this.beforeEach = beforeEach;
        this.closeTarget = closeTarget;
        this.tuning = tuning;
        this.watching = watching;
        this.stand = new LiveStand(url, config, admin, tuning.wording(), targetFailure, watching.monitor());
    }

    @Override
    public List<String> notes() {
        return Stream.concat(tuning.notes().stream(), watching.notes().stream()).toList();
    }

    @Override
    public TargetReport target() {
        return target;
    }

    @Override
    public List<EngineDescription> engines() {
        return engines;
    }

    @Override
    public Activation activate(String policy, Seed seed) {
        awaitRehearsal();
        Optional<String> leftOver = activated ? new IdleWait(admin::metrics, HttpSession::pause, settle).await() : Optional.empty();
        activated = true;
        beforeEach.run();
        return switch (admin.setPolicy(policy, parameters.apply(policy))) {
            case PolicyAnswer.Active(OptionalLong epoch, Optional<String> degraded) -> {
                stand.inForce(epoch, degraded, leftOver);
                yield new Activation.Ready(stand);
            }
            case PolicyAnswer.Refused(int status, String message) ->
                new Activation.Refused("the control plane at " + url + " refused the policy '" + policy + "' (HTTP "
                        + status + "): " + message + (status == NOT_FOUND ? engineHint() : ""));
            case PolicyAnswer.Unreachable(String message) ->
                new Activation.Refused("the control plane at " + url + " did not take the policy '" + policy + "': "
                        + message);
        };
    }

    private String engineHint() {
        return ". If this is an engine rather than a control plane, put one in front of it: 'sage-bench serve --engines " + url + "'";
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the run notices
        }
    }

    private void awaitRehearsal() {
        try {
            rehearsal.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the run notices
        }
    }

    @Override
    public void close() {
        stand.close();
        admin.close();
        closeTarget.run();
    }
}
