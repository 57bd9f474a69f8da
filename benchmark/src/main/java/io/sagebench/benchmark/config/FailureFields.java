package io.sagebench.benchmark.config;

import io.sagebench.controlplane.BreakerSettings;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.controlplane.FailureSettings;
import io.sagebench.controlplane.PhaseLimits;
import io.sagebench.controlplane.ProbeSettings;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.controlplane.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads how a control plane treats requests and engines: the limits of its queue, and what it does about engines that fail.
final class FailureFields {
    static final List<String> QUEUE = List.of("requests", "requests_per_tenant", "prompt_tokens", "drop_expired");
    static final List<String> HEALTH = List.of("path", "interval", "timeout", "failures", "startup_grace");
    static final List<String> RETRY = List.of("most", "budget");
    static final List<String> BREAKER = List.of("calls", "error_ratio", "first_backoff", "most_backoff");

    private final FieldGroup file;

    FailureFields(FieldGroup file) {
        this.file = file;
    }

    ControlPlaneSettings read() {
        FailureSettings usual = FailureSettings.DEFAULT;
        Optional<FieldGroup> timeouts = file.group("timeouts", ClusterDraft.TIMEOUTS);
        var failures = new FailureSettings(
                Optional.of(probes()),
                Optional.of(breaker()),
                retries(),
                Optional.of(phases(timeouts)),
                timeouts.flatMap(group -> group.duration("engine_drain")).orElse(usual.drainLimit()),
                timeouts.flatMap(group -> group.duration("no_engine")).orElse(usual.patience()));
        return ControlPlaneSettings.DEFAULT.with(queue()).with(failures);
    }

    private QueueLimits queue() {
        QueueLimits usual = QueueLimits.DEFAULT;
        return file.group("queue", QUEUE)
                .map(group -> {
                    int requests = group.whole("requests", 0).orElse(usual.maxRequests());
                    return new QueueLimits(
                            requests,
                            group.whole("requests_per_tenant", 0).orElse(requests),
                            group.wholeLong("prompt_tokens", 0).orElse(usual.maxPromptTokens()),
                            group.flag("drop_expired").orElse(usual.dropExpired()));
                })
                .orElse(usual);
    }

    private ProbeSettings probes() {
        ProbeSettings usual = ProbeSettings.DEFAULT;
        return file.group("health", HEALTH)
                .map(group -> new ProbeSettings(
                        group.duration("interval").orElse(usual.interval()),
                        group.duration("timeout").orElse(usual.timeout()),
                        group.whole("failures", 1).orElse(usual.failures()),
                        group.duration("startup_grace").orElse(usual.startupGrace()),
                        usual.jitter()))
                .orElse(usual);
    }

    private RetrySettings retries() {
        RetrySettings usual = RetrySettings.DEFAULT;
        return file.group("retry", RETRY)
                .map(group -> {
                    OptionalInt most = group.whole("most", 0);
                    var budget = group.number("budget", 0, 1, "a share from 0 to 1");
                    return most.equals(OptionalInt.of(0))
                            ? RetrySettings.NONE
                            : new RetrySettings(
                                    most.orElse(usual.most()), budget.orElse(usual.budget()), usual.floor(), usual.window());
                })
                .orElse(usual);
    }

    private BreakerSettings breaker() {
        BreakerSettings usual = BreakerSettings.DEFAULT;
        return file.group("breaker", BREAKER)
                .map(group -> {
                    Duration first = group.duration("first_backoff").orElse(usual.firstBackoff());
                    Duration most = group.duration("most_backoff").orElse(longer(first, usual.mostBackoff()));
                    if (most.compareTo(first) < 0) {
                        group.wrong("most_backoff", "must be at least first_backoff");
                    }
                    return new BreakerSettings(
                            group.whole("calls", 1).orElse(usual.calls()),
                            group.number("error_ratio", 0, 1, "a share from 0 to 1").orElse(usual.errorRatio()),
                            first,
                            longer(first, most),
                            usual.jitter(),
                            usual.successes());
                })
                .orElse(usual);
    }

    private static PhaseLimits phases(Optional<FieldGroup> timeouts) {
        PhaseLimits usual = PhaseLimits.DEFAULT;
        Duration most = timeouts.flatMap(group -> group.duration("first_token")).orElse(usual.most());
        Duration idle = timeouts.flatMap(group -> group.duration("idle")).orElse(usual.idle());
        Duration least = most.compareTo(usual.least()) < 0 ? most : usual.least();
        return new PhaseLimits(usual.promised(), least, most, idle);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
