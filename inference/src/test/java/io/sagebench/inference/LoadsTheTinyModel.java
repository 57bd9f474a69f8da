package io.sagebench.inference;

/// A process that runs the model that ships once, and ends.
final class LoadsTheTinyModel {
    private LoadsTheTinyModel() {}

    /// See the class.
    public static void main(String[] arguments) {
        LoadedModel.tiny(CpuEngineSettings.DEFAULTS).close();
    }
}
