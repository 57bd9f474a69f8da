package io.sagebench.benchmark.config;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.Target;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.WorkloadSpec.Load;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A configuration by its documented names, for reports: what was in force, whether it was given or a default. Secrets are left out.
final class Documented {
    private Documented() {}

    static Map<String, Object> of(BenchmarkConfig config, String output, String trace) {
        var all = new LinkedHashMap<String, Object>();
        put(all, Setting.CONTROL_PLANE_URL, address(config.target()));
        put(all, Setting.SIMULATE, config.target() instanceof Target.Simulated);
        put(all, Setting.POLICIES, config.policies());
        if (!config.policyParameters().isEmpty()) {
            all.put("policy_params", new TreeMap<>(config.policyParameters()));
        }
        var workload = config.workload();
        switch (workload.load()) {
            case Load.Generated(int requests, double rate, Load.Pattern pattern) -> {
                put(all, Setting.NUM_REQUESTS, requests);
                put(all, Setting.REQUEST_RATE, rate);
                put(all, Setting.ARRIVAL_PATTERN, pattern.name().toLowerCase(Locale.ROOT));
            }
            case Load.Replayed(var _, int requests) -> {
                put(all, Setting.NUM_REQUESTS, requests);
                put(all, Setting.ARRIVAL_PATTERN, "trace");
                put(all, Setting.TRACE, trace);
            }
            case Load.Arriving(int requests, var _) -> put(all, Setting.NUM_REQUESTS, requests);
        }
        put(all, Setting.MODEL_DISTRIBUTION, workload.models().shares());
        var priorities = new LinkedHashMap<String, Double>();
        workload.priorities().shares().forEach((priority, share) -> priorities.put(priority.name(), share));
        put(all, Setting.PRIORITY_DISTRIBUTION, priorities);
        all.put(Setting.SLO_GROUP, deadlines(config));
        if (workload.load() instanceof Load.Generated) {
            put(all, Setting.PROMPT_LEN_RANGE, ends(workload.promptLength()));
            put(all, Setting.OUTPUT_LEN_RANGE, ends(workload.outputLength()));
        }
        put(all, Setting.WARMUP_REQUESTS, config.warmup());
        var client = config.client();
        put(all, Setting.ENABLE_STREAMING, client.streaming());
        put(all, Setting.IGNORE_EOS, client.ignoreEos());
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

    private static Map<String, Object> deadlines(BenchmarkConfig config) {
        var deadlines = new LinkedHashMap<String, Object>();
        config.workload().serviceLevels().forEach((priority, level) -> Setting.deadlineOf(priority.name())
                .ifPresent(setting -> level.endToEnd().ifPresent(limit -> deadlines.put(setting.key(), millis(limit)))));
        return deadlines;
    }

    private static List<Integer> ends(LengthRange range) {
        return List.of(range.min(), range.max());
    }

    private static double seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).doubleValue();
    }

    private static double millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 6).doubleValue();
    }
}
