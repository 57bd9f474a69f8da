package io.sagebench.cli;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.config.MockFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of `mock-engine`, which are flags of other programs, too: so many that a table says more than a field each.
final class MockEngineOptions {
    private MockEngineOptions() {}

    private record Section(String heading, List<OptionSpec.Builder> options) {
        Section(String heading, OptionSpec.Builder... options) {
            this(heading, List.of(options));
        }
    }

    static void addTo(CommandSpec spec) {
        int order = 10;
        for (Section section : sections()) {
            var group = ArgGroupSpec.builder()
                    .heading("%n" + section.heading + "%n")
                    .validate(false)
                    .exclusive(false)
                    .order(order);
            for (OptionSpec.Builder option : section.options) {
                group.addArg(option.order(order++).build());
            }
            spec.addArgGroup(group.build());
        }
        for (List<String> taken : List.of(MockFlags.IGNORED, MockFlags.UNSUPPORTED)) {
            taken.forEach(name -> spec.addOption(OptionSpec.builder((name.length() == 1 ? "-" : "--") + name)
                    .type(String[].class)
                    .arity("0..*")
                    .hidden(true)
                    .build()));
        }
    }

    /// Those that were given, but for the ones that commands share.
    static List<OptionSpec> matched(ParseResult parsed) {
        var names = MockFlags.working();
        return parsed.matchedOptions().stream()
                .filter(option -> option.hidden() || names.contains(option.longestName().replaceFirst("^--(no-)?", "")))
                .toList();
    }

    private static List<Section> sections() {
        return List.of(
                new Section(
                        "The port:",
                        one("host", "ADDRESS", "Default: 127.0.0.1."),
                        one("port", "PORT", "0 for any. Default: 8000."),
                        one("model", "NAME", "The model it serves. Default: the profile's."),
                        list("served-model-name", "NAME...", "Names it answers to instead."),
                        one("mode", "random|echo", "What answers say. Default: random."),
                        one("output-lengths", "full|sampled",
                                "How long answers are, without ignore_eos: max_tokens, or drawn up to it as llm-d-inference-sim"
                                        + " does. Default: full with a profile, sampled with given latencies."),
                        one("startup-duration", "TIME", "How long /health/ready says no. Default: 0."),
                        toggle("enable-sleep-mode", "Offers /sleep and /wake_up. Default: true."),
                        toggle("enable-request-id-headers", "Answers with X-Request-Id. Default: false."),
                        one("default-embedding-dimensions", "N", "Default: 384."),
                        one("max-request-body-size-mb", "N", "Default: 8."),
                        one("data-parallel-size", "1", "One engine a process."),
                        one("seed", "NUMBER", "Everything random follows from it. Default: 42.")),
                new Section(
                        "The engine:",
                        one("profile", "NAME|FILE", "Which model on which GPU. Default: " + DefaultFleet.PROFILE
                                + ". Not with given latencies."),
                        one("max-num-seqs", "N", "The most requests it runs at once. Default: the profile's, or 5."),
                        one("max-waiting-queue-length", "N",
                                "The most that wait; further ones get 429. Default: no limit with a profile, else 1000."),
                        one("max-model-len", "N", "Prompt and output tokens of a request. Default: the profile's, or 1024."),
                        one("block-size", "N", "Tokens of a KV cache block. Default: the profile's, or 16."),
                        one("max-num-batched-tokens", "N", "Token budget of a step. Default: the profile's."),
                        one("num-gpu-blocks-override", "N", "KV cache blocks. Default: the profile's.", "num-gpu-blocks"),
                        one("scheduling-policy", "fcfs|priority", "Default: fcfs."),
                        toggle("enable-prefix-caching", "Default: true."),
                        no("enable-prefix-caching", "Computes every prompt whole."),
                        one("speculative-tokens", "N", "Tokens guessed ahead in each step. Default: none."),
                        one("speculative-acceptance", "SHARE", "How likely a guess is right, from 0 to 1."),
                        one("noise", "SIGMA", "Spread of log-normal noise on each step's time. Default: the profile's.")),
                new Section(
                        "Latencies, as llm-d-inference-sim has them: 200ms, 1.5s, or a number of milliseconds:",
                        one("latency-calculator", "NAME", "constant, per-token or empty. Default: the constant where one is given."),
                        one("time-to-first-token", "TIME", "Whatever the prompt."),
                        one("time-to-first-token-std-dev", "TIME", "At most 30 %% of it; no time is further than 70 %% off."),
                        one("inter-token-latency", "TIME", "Between tokens."),
                        one("inter-token-latency-std-dev", "TIME", "At most 30 %% of it."),
                        one("prefill-overhead", "TIME", "Until the first token, without a time-to-first-token."),
                        one("prefill-time-per-token", "TIME", "More for each prompt token that is not cached."),
                        one("prefill-time-std-dev", "TIME", "Of both together."),
                        one("kv-cache-transfer-latency", "TIME", "Instead, when another engine did the prefill."),
                        one("kv-cache-transfer-latency-std-dev", "TIME", "At most 30 %% of it."),
                        one("kv-cache-transfer-time-per-token", "TIME", "The same by the prompt's tokens."),
                        one("kv-cache-transfer-time-std-dev", "TIME", "At most 30 %% of it."),
                        one("time-factor-under-load", "FACTOR", "How much longer all takes with every slot taken. Default: 1."),
                        toggle("enable-kvcache", "Keeps a cache of common prefixes."),
                        one("kv-cache-size", "N", "Its blocks. Default: 1024.")),
                new Section(
                        "What goes wrong (docs/reference/faults.md); POST /admin/config changes it and the latencies:",
                        one("faults", "FAULT,...", "error:503@2%%, hang@1%%, slow:3x@5%%, crash:at=30s,for=10s ..."),
                        one("failure-injection-rate", "PERCENT", "Requests refused with one of failure-types. Default: 0."),
                        list("failure-types", "NAME...",
                                "rate_limit, invalid_api_key, context_length, server_error, invalid_request,"
                                        + " model_not_found. Default: all.")));
    }

    private static OptionSpec.Builder one(String name, String label, String description, String... aliases) {
        return named(name, aliases).type(String.class).arity("1").paramLabel(label).description(description);
    }

    private static OptionSpec.Builder list(String name, String label, String description) {
        return named(name).type(String[].class).arity("1..*").paramLabel(label).description(description).hideParamSyntax(true);
    }

    private static OptionSpec.Builder toggle(String name, String description) {
        return named(name)
                .type(String.class)
                .arity("0..1")
                .fallbackValue("true")
                .paramLabel("BOOL")
                .description(description);
    }

    private static OptionSpec.Builder no(String name, String description) {
        return OptionSpec.builder("--no-" + name).type(boolean.class).arity("0").description(description);
    }

    private static OptionSpec.Builder named(String name, String... aliases) {
        var names = new ArrayList<String>();
        names.add("--" + name);
        for (String alias : aliases) {
            names.add("--" + alias);
        }
        return OptionSpec.builder(names.toArray(String[]::new));
    }
}
