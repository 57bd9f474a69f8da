package io.sagebench.benchmark.experiment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.benchmark.experiment.Experiment.Outcome;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.Fields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Benchmarks for experiments to vary, in virtual time, and their results.
final class Bases {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    private Bases() {}

    /// Half prompts, half texts.
    static BenchmarkConfig hybrid(String policies, int requests, double rate) {
        return base(policies, requests, rate, Map.of(Setting.MODE, "hybrid", Setting.LLM_RATIO, "0.5"));
    }

    static BenchmarkConfig llm(String policies, int requests, double rate) {
        return base(policies, requests, rate, Map.of());
    }

    private static BenchmarkConfig base(String policies, int requests, double rate, Map<Setting, String> others) {
        var draft = new ConfigDraft(Policies.installed().all().stream().map(PolicyFactory::name).toList());
        draft.option(Setting.SIMULATE, "--simulate", "true");
        draft.option(Setting.POLICIES, "--policies", policies);
        draft.option(Setting.NUM_REQUESTS, "--requests", Integer.toString(requests));
        draft.option(Setting.REQUEST_RATE, "--rate", Double.toString(rate));
        others.forEach((setting, value) -> draft.option(setting, "--" + setting.key(), value));
        if (draft.check(HowMany.SEVERAL) instanceof Checked.Valid(var settings)) {
            return settings.config();
        }
        throw new AssertionError("not in order");
    }

    static Experiment.Surroundings with(Benchmarks runner, BenchmarkListener listener, StopSignal stop) {
        return new Experiment.Surroundings(runner, listener, stop, CLOCK);
    }

    static ExperimentResult finished(Experiment experiment) {
        Outcome outcome = experiment.run(with(new Benchmark(), BenchmarkListener.SILENT, new StopSignal()));
        assertThat(outcome).isInstanceOf(Outcome.Finished.class);
        return ((Outcome.Finished) outcome).result();
    }

    /// What stands at a path such as `policies`, `fifo`, `throughput`.
    static @Nullable Object at(Fields fields, String... path) {
        Object value = fields;
        for (String name : path) {
            value = value instanceof Fields group ? group.get(name) : null;
        }
        return value;
    }

    static Fields group(Fields fields, String... path) {
        return (Fields) requireNonNull(at(fields, path));
    }

    static List<?> items(Fields fields, String... path) {
        return (List<?>) requireNonNull(at(fields, path));
    }

    static double number(Fields fields, String... path) {
        Object value = at(fields, path);
        assertThat(value).as(String.join(".", path)).isInstanceOf(Number.class);
        return ((Number) requireNonNull(value)).doubleValue();
    }
}
