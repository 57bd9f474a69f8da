package io.sagebench.controlplane;

/// How a control plane treats requests and engines, whatever the policy.
///
/// @param queue    how much may wait
/// @param failures what it does about engines that fail
public record ControlPlaneSettings(QueueLimits queue, FailureSettings failures) {
    /// For serving: everything that keeps requests from being lost or left hanging.
    public static final ControlPlaneSettings DEFAULT =
            new ControlPlaneSettings(QueueLimits.DEFAULT, FailureSettings.DEFAULT);

    /// With failures passed on as they are, for measurements of what engines and policies do by themselves.
    public static ControlPlaneSettings plain(QueueLimits queue) {
        return new ControlPlaneSettings(queue, FailureSettings.PASSED_ON);
    }

    /// The same with other limits of the queue.
    public ControlPlaneSettings with(QueueLimits others) {
        return new ControlPlaneSettings(others, failures);
    }

    /// The same with other rules for failures.
    public ControlPlaneSettings with(FailureSettings others) {
        return new ControlPlaneSettings(queue, others);
    }
}
