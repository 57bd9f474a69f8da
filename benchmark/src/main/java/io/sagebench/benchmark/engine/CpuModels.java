package io.sagebench.benchmark.engine;

import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.LoadedModel;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.inference.hub.DownloadListener;
import io.sagebench.inference.hub.FoundModel;
import io.sagebench.inference.hub.HubSettings;
import io.sagebench.inference.hub.ModelFinder;
import io.sagebench.inference.hub.ModelUnavailable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Finds the models that are computed in this process, and reads them.
///
/// @param environment where the cache and the hub are, by Hugging Face's variables
/// @param listener    is told how a download goes
public record CpuModels(Map<String, String> environment, DownloadListener listener) {
    /// Those on this machine, where they usually are; asks nothing of the network.
    public static final CpuModels LOCAL = new CpuModels(Map.of("HF_HUB_OFFLINE", "1"), DownloadListener.NONE);

    public CpuModels {
        environment = Map.copyOf(environment);
    }

    /// A model in memory.
    ///
    /// @param model to be closed by who uses it
    /// @param note  what people must know of it; absent when it is what was asked for
    public record Opened(LoadedModel model, Optional<String> note) {}

    /// Finds a model and reads it. Blocks, perhaps for as long as a download takes.
    ///
    /// @throws UnusableModelException when it cannot be run; the message says why and what to do
    /// @throws ModelUnavailable       when it is not to be had, likewise
    public Opened open(CpuModel model, CpuEngineSettings settings) throws UnusableModelException, ModelUnavailable {
        if (model.name().equals(CpuModel.TINY_ENCODER)) {
            return new Opened(LoadedModel.tinyEncoder(settings), Optional.empty());
        }
        return switch (new ModelFinder(HubSettings.of(environment), listener).find(model.name())) {
            case FoundModel.Shipped(Optional<String> insteadOf) ->
                new Opened(LoadedModel.tiny(settings), insteadOf.map(CpuModels::standIn));
            case FoundModel.InFolder(String _, Path folder) -> new Opened(LoadedModel.read(folder, settings), Optional.empty());
        };
    }

    private static String standIn(String name) {
        return CpuModel.TINY + ", which ships with this program, stands in for " + name
                + ": both have the shape of GPT-2 and random weights, but not the same size";
    }
}
