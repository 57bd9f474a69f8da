package io.sagebench.benchmark.config;

import io.sagebench.benchmark.DefaultFleet;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A complete configuration with every key at its default, to start from.
public final class ExampleConfig {
    private static final String YAML =
            """
            # A SageBench configuration with every key at its default. Check it with 'sage-bench validate FILE' and use it with
            # 'sage-bench compare --config FILE'. Options given on the command line win over this file.

            # What is measured: a URL, exactly that server; 'embedded', the control plane that ships, with simulated engines, over
            # real HTTP in this process; 'auto', http://localhost:8080 if a control plane answers there, else 'embedded'.
            control_plane_url: auto
            # true: no sockets, in virtual time; instead of control_plane_url.
            simulate: false

            # The policies 'compare' measures; [all] is every one ('sage-bench policies' lists them).
            policies: [fifo, priority, slo_aware]
            # The one policy 'run' measures.
            policy: fifo

            # Requests for each policy, and how they come: at request_rate per second on average, spaced as poisson (random gaps),
            # uniform (equal gaps) or batch (all at once, whatever the rate).
            num_requests: 100
            request_rate: 10.0
            arrival_pattern: poisson
            # An Azure LLM trace (CSV with TIMESTAMP,ContextTokens,GeneratedTokens) whose times and lengths are replayed instead; then
            # num_requests is how many of its requests, and without it all. Paths count from the directory the program is started in.
            trace: null

            # Shares of the requests, each from 0 to 1, with a sum of 1. The model 'default' is any model the server has.
            model_distribution:
              default: 1.0
            # Priorities: CRITICAL, HIGH, NORMAL, LOW, BACKGROUND.
            priority_distribution:
              HIGH: 0.2
              NORMAL: 0.6
              LOW: 0.2

            # How long after its intended time a request of each priority must be complete, in milliseconds.
            slo_config:
              critical_priority_deadline_ms: 500
              high_priority_deadline_ms: 500
              normal_priority_deadline_ms: 1000
              low_priority_deadline_ms: 2000
              background_priority_deadline_ms: 8000

            # Lengths in tokens, drawn evenly between the shortest and the longest.
            prompt_len_range: [50, 500]
            output_len_range: [50, 200]

            # Requests sent before the measured ones, and not counted.
            warmup_requests: 10
            # Whether answers are asked for as streams; without, there is no time to first token.
            enable_streaming: true
            # Whether engines are asked to answer at the full length (vLLM, SGLang and LMDeploy can), so that every policy does the
            # same work. Set it to false for servers that refuse unknown fields.
            ignore_eos: true

            # Limits for a request in seconds: the whole, the connection, the first byte of the response, a pause inside it.
            timeout_seconds: 60
            connect_timeout_seconds: 10
            first_byte_timeout_seconds: 60
            idle_timeout_seconds: 60

            # Everything random follows from the seed: the same seed gives the same requests.
            seed: 42
            # How often each policy is measured, in interleaved order.
            repeats: 1

            # The simulated engines behind 'embedded' and 'simulate': how many, of which profile ('sage-bench profiles' lists some; a file of
            # one's own is fine too), and the most requests each runs at once.
            instances: %d
            engine_profile: %s
            max_num_seqs: %d
            # Engines of several profiles, instead of the first two: for example [2xllama3-8b-a100, 1xllama3-8b-h100], or [2xmarket-a100] for
            # cards that change between the models asked for.
            simulated: null
            # What goes wrong in them, for example [error:503@2%%, slow:3x@5%%, "crash:at=30s,for=10s,engine=engine-1"];
            # docs/reference/faults.md has all of it.
            faults: null

            # Where the files go: a directory, or the name of the report ending in .json.
            output_dir: ./benchmark_results
            """
                    .formatted(DefaultFleet.INSTANCES, DefaultFleet.PROFILE, DefaultFleet.MAX_NUM_SEQS);

    private ExampleConfig() {}

    /// As YAML, with comments.
    public static String yaml() {
        return YAML;
    }

    /// As JSON.
    public static String json() {
        var separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        return JsonMapper.shared()
                        .writer()
                        .with(new DefaultPrettyPrinter(separators))
                        .writeValueAsString(YAMLMapper.shared().readTree(YAML))
                + "\n";
    }
}
