package io.sagebench.benchmark.config;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.benchmark.Target;
import io.sagebench.request.RequestType;
import io.sagebench.workload.LengthChoice;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Lengths;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A configuration by its documented names, for reports: what was in force, whether it was given or a default. Secrets are left out.
public final class Documented {
    private static final int CHARACTERS_A_TOKEN = 4;

    private Documented() {}

    /// Of a configuration that a Java program made.
    public static Map<String, Object> of(BenchmarkConfig config) {
        Map<String, Object> all = of(config, Defaults.OUTPUT, config.workload().load() instanceof Load.Replayed replayed ? replayed.trace().name() : "");
        all.remove(Setting.OUTPUT_DIR.key()); // the program says it later, if at all
        return all;
    }

    static Map<String, Object> of(BenchmarkConfig config, String output, String trace) {
        var all = new LinkedHashMap<String, Object>();
        put(all, Setting.CONTROL_PLANE_URL, address(config.target()));
        put(all, Setting.SIMULATE, config.target() instanceof Target.Simulated);
        put(all, Setting.POLICIES, config.policies());
        if (!config.selection().parameters().isEmpty()) {
            all.put("policy_params", new TreeMap<>(config.selection().parameters()));
        }
        var workload = config.workload();
        new DocumentedLoad(all).put(workload.load(), trace);
        put(all, Setting.MODE, workload.isHybrid() ? "hybrid" : "llm");
        RequestKind prompts = promptsOf(workload);
        put(all, Setting.MODEL_DISTRIBUTION, prompts.models().shares());
        var priorities = new LinkedHashMap<String, Double>();
        workload.priorities().shares().forEach((priority, share) -> priorities.put(priority.name(), share));
        put(all, Setting.PRIORITY_DISTRIBUTION, priorities);
        all.put(Setting.SLO_GROUP, deadlines(config));
        if (!(workload.load() instanceof Load.Replayed)) {
            put(all, Setting.PROMPT_LEN_RANGE, ends(prompts.promptLength()));
            put(all, Setting.OUTPUT_LEN_RANGE, ends(prompts.outputLength()));
        }
        workload.conversations().ifPresent(how -> {
            put(all, Setting.TURNS, ends(how.turns()));
            put(all, Setting.THINK_TIME_SECONDS, seconds(how.think()));
        });
        if (workload.isHybrid()) {
            hybrid(all, workload);
        }
        put(all, Setting.WARMUP_REQUESTS, config.warmup());
        config.measuring().settle().ifPresent(pause -> put(all, Setting.SETTLE_SECONDS, seconds(pause)));
        if (config.measuring().cacheProbe()) {
            put(all, Setting.CACHE_PROBE, true);
        }
        MonitorConfig monitor = config.measuring().monitor();
        if (monitor.watched()) {
            put(all, Setting.GPU_MONITOR, monitor.gpus().wireName());
            put(all, Setting.MONITOR_INTERVAL_SECONDS, seconds(monitor.interval()));
            if (!monitor.scrape().isEmpty()) {
                put(all, Setting.SCRAPE, monitor.scrape().stream().map(Object::toString).toList());
            }
        }
        var client = config.client();
        put(all, Setting.ENABLE_STREAMING, client.streaming());
        put(all, Setting.IGNORE_EOS, client.ignoreEos());
        client.tokenizer().ifPresent(tokenizer -> put(all, Setting.TOKENIZER, tokenizer.name()));
        client.mostInFlight().ifPresent(most -> put(all, Setting.MAX_IN_FLIGHT, most));
        put(all, Setting.TIMEOUT_SECONDS, seconds(client.total()));
        put(all, Setting.CONNECT_TIMEOUT_SECONDS, seconds(client.connect()));
        put(all, Setting.FIRST_BYTE_TIMEOUT_SECONDS, seconds(client.firstByte()));
        put(all, Setting.IDLE_TIMEOUT_SECONDS, seconds(client.idle()));
        put(all, Setting.SEED, config.seed());
        put(all, Setting.REPEATS, config.repeats());
        var groups = config.fleet().groups();
        if (groups.size() == 1) {
            put(all, Setting.INSTANCES, groups.getFirst().count());
            put(all, Setting.ENGINE_PROFILE, groups.getFirst().profile());
        } else {
            put(all, Setting.SIMULATED, groups.stream().map(group -> group.count() + "x" + group.profile()).toList());
        }
        config.fleet().maxNumSeqs().ifPresent(most -> put(all, Setting.MAX_NUM_SEQS, most));
        if (!config.faults().isEmpty()) {
            put(all, Setting.FAULTS, config.faults().texts());
        }
        put(all, Setting.OUTPUT_DIR, output);
        return all;
    }

    private static void put(Map<String, Object> all, Setting setting, Object value) {
        all.put(setting.key(), value);
    }

    private static String address(Target target) {
        return switch (target) {
            case Target.Http(var url) -> url.toString();
            case Target.Embedded _ -> "embedded";
            case Target.Automatic _, Target.Simulated _ -> "auto";
        };
    }

    private static RequestKind promptsOf(WorkloadSpec workload) {
        return workload.kinds().values().stream()
                .filter(kind -> kind.type() == RequestType.LLM_CHAT)
                .findFirst()
                .orElseGet(() -> workload.kinds().values().getFirst());
    }

    private static void hybrid(Map<String, Object> all, WorkloadSpec workload) {
        double embedding = 0;
        double generate = 0;
        for (Map.Entry<RequestKind, Double> kind : workload.kinds().shares().entrySet()) {
            switch (kind.getKey().type()) {
                case EMBEDDING -> {
                    embedding = kind.getValue();
                    put(all, Setting.EMBEDDING_MODEL, kind.getKey().models().values().getFirst());
                    put(all, Setting.EMBEDDING_BATCH_SIZES, choices(kind.getKey().traits().texts()));
                    put(all, Setting.EMBEDDING_TEXT_LEN_RANGE, List.of(
                            kind.getKey().promptLength().min() * CHARACTERS_A_TOKEN, kind.getKey().promptLength().max() * CHARACTERS_A_TOKEN));
                }
                case LLM_GENERATE -> generate = kind.getValue();
                case LLM_CHAT -> {
                    // the rest
                }
            }
        }
        put(all, Setting.LLM_RATIO, rounded(1 - embedding));
        put(all, Setting.EMBEDDING_RATIO, rounded(embedding));
        put(all, Setting.GENERATE_RATIO, embedding == 1 ? 0 : rounded(generate / (1 - embedding)));
    }

    private static List<Integer> choices(Lengths lengths) {
        return switch (lengths) {
            case LengthChoice(List<Integer> choices) -> choices;
            case LengthRange(int min, int max) -> List.of(min, max);
        };
    }

    /// Without the dust of binary fractions: 1 - 0.7 is 0.30000000000000004.
    private static double rounded(double share) {
        return BigDecimal.valueOf(share).setScale(9, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static Map<String, Object> deadlines(BenchmarkConfig config) {
        var deadlines = new LinkedHashMap<String, Object>();
        for (RequestKind kind : config.workload().occurring()) {
            String of = kind.type().isGeneration() ? "" : "embedding_";
            kind.serviceLevels().forEach((priority, level) -> {
                limit(deadlines, of + priority.name(), level.endToEnd());
                limit(deadlines, "TTFT", level.timeToFirstToken());
                limit(deadlines, "TPOT", level.timePerOutputToken());
            });
        }
        return deadlines;
    }

    private static void limit(Map<String, Object> deadlines, String name, Optional<Duration> limit) {
        limit.ifPresent(known -> deadlines.put(Setting.deadlineNamed(name).orElseThrow().key(), millis(known)));
    }

    private static List<Integer> ends(Lengths range) {
        return List.of(range.min(), range.max());
    }

    private static double seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).doubleValue();
    }

    private static double millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 6).doubleValue();
    }
}
