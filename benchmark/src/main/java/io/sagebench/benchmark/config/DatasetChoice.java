package io.sagebench.benchmark.config;

import io.sagebench.live.files.DatasetReading;
import io.sagebench.live.files.Datasets;
import io.sagebench.workload.PromptPool;
import java.util.List;
import java.util.Optional;

/// Where prompts and texts to embed come from, when they are not made up.
final class DatasetChoice {
    private final Values values;
    private final DataPlaces places;
    private final List<String> notes;

    DatasetChoice(Values values, DataPlaces places, List<String> notes) {
        this.values = values;
        this.places = places;
        this.notes = notes;
    }

    Optional<PromptPool> prompts() {
        Optional<String> dataset = values.text(Setting.DATASET);
        if (dataset.isEmpty()) {
            return Optional.empty();
        }
        if (values.origin(Setting.TRACE).isPresent()) {
            refuse(Setting.DATASET, "has no effect with a trace, which brings the lengths itself");
            return Optional.empty();
        }
        refuse(Setting.PROMPT_LEN_RANGE, "has no effect with a dataset, whose prompts have their own lengths");
        return read(Setting.DATASET, dataset.get(), Datasets.Use.PROMPTS);
    }

    Optional<PromptPool> texts() {
        Optional<String> dataset = values.text(Setting.EMBEDDING_DATASET);
        if (dataset.isEmpty()) {
            return Optional.empty();
        }
        refuse(Setting.EMBEDDING_TEXT_LEN_RANGE, "has no effect with a dataset, whose texts have their own lengths");
        return read(Setting.EMBEDDING_DATASET, dataset.get(), Datasets.Use.TEXTS);
    }

    private Optional<PromptPool> read(Setting setting, String name, Datasets.Use use) {
        Origin origin = values.origin(setting).orElseThrow();
        return switch (places.find(name, DataPlaces.Kind.DATASET)) {
            case DataPlaces.Sought.Missing(String message) -> {
                values.sentence(origin, message);
                yield Optional.empty();
            }
            case DataPlaces.Sought.Found(var file) -> switch (Datasets.read(file, use)) {
                case DatasetReading.Unreadable(var messages) -> {
                    messages.forEach(message -> values.sentence(origin, message));
                    yield Optional.empty();
                }
                case DatasetReading.Loaded(PromptPool pool, String _, List<String> told) -> {
                    notes.addAll(told);
                    yield Optional.of(pool);
                }
            };
        };
    }

    /// An option that would do nothing is a mistake; in a file it may serve other runs.
    private void refuse(Setting setting, String why) {
        if (values.origin(setting).orElse(null) instanceof Origin.Option option) {
            values.problem(option, why);
        }
    }
}
