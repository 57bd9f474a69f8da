package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.benchmark.engine.CpuModel;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.inference.CpuEngineSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real model behind a port while it is put together from options; then it is checked once, and every mistake is found.
public final class CpuServingDraft {
    private static final int HIGHEST_PORT = 65_535;
    private static final int USUAL_PORT = 8_000;
    private static final int MOST_THREADS = 1_024;
    private static final int MOST_SEQUENCES = 4_096;

    private final Map<String, Given> given = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /// What came of checking.
    public sealed interface Checked {
        /// All is in order.
        record Valid(CpuServing.Config config) implements Checked {}

        /// It is not.
        ///
        /// @param problems all of them, at least one
        record Invalid(List<Problem> problems) implements Checked {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Takes an option.
    ///
    /// @param name without its dashes
    public void option(String name, String value) {
        given.put(name, new Scalar(new Origin.Option("--" + name), Form.UNTYPED, value));
    }

    /// Checks all of it.
    public Checked check() {
        var values = new FlagValues(given, problems);
        String host = values.text(MockFlags.HOST).filter(text -> !text.isEmpty()).orElse("127.0.0.1");
        int port = values.whole(MockFlags.PORT, 0, HIGHEST_PORT).orElse(USUAL_PORT);
        CpuModel model = values.text(MockFlags.MODEL).filter(text -> !text.isEmpty()).map(CpuModel::new).orElse(CpuModel.DEFAULT);
        CpuEngineSettings settings = settings(values);
        List<String> names = values.texts(MockFlags.SERVED_NAMES);
        return problems.isEmpty()
                ? new Checked.Valid(new CpuServing.Config(host, port, model, names, settings))
                : new Checked.Invalid(problems);
    }

    private static CpuEngineSettings settings(FlagValues values) {
        CpuEngineSettings usual = CpuEngineSettings.DEFAULTS;
        CpuEngineSettings settings = usual.withThreads(values.whole("threads", 1, MOST_THREADS).orElse(usual.threads()))
                .withMaxConcurrent(values.whole(MockFlags.SEQUENCES, 1, MOST_SEQUENCES).orElse(usual.maxConcurrent()));
        Optional<Integer> context = values.whole(MockFlags.MODEL_LENGTH, 1);
        return context.map(settings::withContextTokens).orElse(settings);
    }
}
