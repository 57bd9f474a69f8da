package io.sagebench.controlplane;

/// How a control plane treats requests and engines, whatever the policy.
///
/// @param queue     how much may wait
/// @param admission whom it lets in
/// @param failures  what it does about engines that fail
/// @param history   how long it remembers requests that have ended
public record ControlPlaneSettings(
        QueueLimits queue, AdmissionSettings admission, FailureSettings failures, HistorySettings history) {
    /// For serving: everything that keeps requests from being lost or left hanging.
    public static final ControlPlaneSettings DEFAULT = new ControlPlaneSettings(
            QueueLimits.DEFAULT, AdmissionSettings.OPEN, FailureSettings.DEFAULT, HistorySettings.DEFAULT);

    /// With failures passed on as they are, for measurements of what engines and policies do by themselves.
    public static ControlPlaneSettings plain(QueueLimits queue) {
        return new ControlPlaneSettings(
                queue, AdmissionSettings.OPEN, FailureSettings.PASSED_ON, HistorySettings.DEFAULT);
    }

    /// The same with another queue.
    public ControlPlaneSettings with(QueueLimits others) {
        return new ControlPlaneSettings(others, admission, failures, history);
    }

    /// The same with other rules of admission.
    public ControlPlaneSettings with(AdmissionSettings others) {
        return new ControlPlaneSettings(queue, others, failures, history);
    }

    /// The same with other rules for failures.
    public ControlPlaneSettings with(FailureSettings others) {
        return new ControlPlaneSettings(queue, admission, others, history);
    }

    /// The same with another memory.
    public ControlPlaneSettings with(HistorySettings others) {
        return new ControlPlaneSettings(queue, admission, failures, others);
    }
}
