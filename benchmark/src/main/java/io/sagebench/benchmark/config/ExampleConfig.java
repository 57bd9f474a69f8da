package io.sagebench.benchmark.config;

import static java.util.Objects.requireNonNull;

import io.sagebench.benchmark.DefaultFleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A complete configuration with every key at its default, to start from.
public final class ExampleConfig {
    private ExampleConfig() {}

    /// As YAML, with comments.
    ///
    /// @param mode llm or hybrid
    public static String yaml(String mode) {
        return """
            # A SageBench configuration with every key at its default. Check it with 'sage-bench validate FILE' and use it with
            # 'sage-bench compare --config FILE'. Options given on the command line win over this file.

            # What is measured: a URL, exactly that server; 'embedded', the control plane that ships, with simulated engines, over
            # real HTTP in this process; 'auto', http://localhost:8080 if a control plane answers there, else 'embedded'.
            control_plane_url: auto
            # Certificates (PEM) of the authorities to believe at an https URL, instead of those that Java knows.
            ca_file: null
            # true: no sockets, in virtual time; instead of control_plane_url.
            simulate: false

            # The policies 'compare' measures; [all] is every one ('sage-bench policies' lists them).
            policies: [fifo, priority, slo_aware]
            # The one policy 'run' measures.
            policy: fifo

            # A named workload ('sage-bench workload list'), or a file of one: it says what nothing else says.
            workload: null
            # Where prompts, and in hybrid mode texts to embed, come from: llm_prompts and embed_texts ship with the program; or a file
            # (docs/reference/data.md). Without, they are made up to the lengths below. dataset_path, llm_dataset_path and embedding_dataset_path
            # are other names.
            dataset: null
            embedding_dataset: null
            # The model's tokenizer.json, or the folder with it: prompts that are made up then have exactly the asked tokens, and answers that the server
            # does not count are counted.
            tokenizer: null

            # What is sent: llm, chats; hybrid, chats, prompts to complete and texts to embed.
            mode: %s
            # In hybrid mode: the share of prompts, the rest being texts to embed (embedding_ratio says the same the other way round), and of the
            # prompts the share to complete.
            llm_ratio: 0.7
            embedding_ratio: null
            generate_ratio: 0.2

            # Requests for each policy, or for how long they come (60s, 10m); with both, whichever ends first, but an option for one wins over
            # the other in a file.
            num_requests: 100
            duration: null
            # How many come per second on average, and how they are spaced (docs/concepts/arrivals.md): poisson, random gaps; uniform, equal gaps;
            # gamma and weibull, random gaps of a burstiness; burst, many at once at intervals; onoff, by turns; wave, a rate that swings;
            # batch, all at once, whatever the rate.
            request_rate: 10.0
            arrival_pattern: poisson
            # For gamma and weibull: 1 is poisson, less is burstier, more is more even.
            burstiness: 0.5
            # For burst: requests at once (null: half of those of an interval), and seconds from one burst to the next. The rest comes as poisson,
            # so that request_rate is the mean of all.
            burst_size: null
            burst_interval: 10
            # For onoff: mean seconds in which requests come, and in which they pause; the rate in a pause as a share of request_rate.
            on_seconds: 5
            off_seconds: 15
            off_rate_share: 0.0
            # For wave: how far the rate swings as a share of request_rate, and the seconds from crest to crest.
            wave_amplitude: 0.5
            wave_period_seconds: 60
            # A rate that changes with time, instead of request_rate: for example [10:100@60s], from 10 to 100 within a minute, or
            # [10@1m, 10:50@5m, 50@1m]. The last rate holds on; without num_requests and duration, the run is as long as the ramp.
            ramp: null
            # Conversations instead of single prompts: how many requests each has, such as [1, 5]; after an answer, the next comes when its caller has
            # thought for so many seconds on average, with all that was said before. num_requests and request_rate count conversations then.
            turns: null
            think_time_seconds: 5
            # A closed loop instead of all that: so many callers, each of whom asks again when an answer has ended. A slow server is asked less,
            # which hides what its users would wait.
            concurrency: null
            # The most requests in flight; others are held back, their latency counts from when they should have left, and the verdict says so.
            # concurrent_requests is another name of it.
            max_in_flight: null
            # A trace whose times and lengths are replayed instead: CSV of Azure, BurstGPT or Vidur, JSONL of Mooncake, Qwen-Bailian or vLLM, or a
            # plan of 'sage-bench workload generate'. num_requests and duration are how much of it, and without them all. Paths count from the
            # directory the program is started in.
            trace: null
            # How many times as fast it is replayed.
            trace_speed: 1.0

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
              # The same for texts to embed.
              embedding_critical_priority_deadline_ms: 100
              embedding_high_priority_deadline_ms: 100
              embedding_normal_priority_deadline_ms: 200
              embedding_low_priority_deadline_ms: 500
              embedding_background_priority_deadline_ms: 2000
              # For prompts of any priority: the first token, and the mean gap between tokens (TPOT).
              ttft_deadline_ms: null
              tpot_deadline_ms: null
            # One deadline for all priorities, where those above do not say otherwise: of prompts, and of texts to embed.
            llm_slo_deadline_ms: null
            embedding_slo_deadline_ms: null

            # Lengths in tokens, drawn evenly between the shortest and the longest.
            prompt_len_range: [50, 500]
            output_len_range: [50, 200]

            # In hybrid mode: the model that embeds, how many texts a request brings (one of these numbers), and their lengths in characters.
            embedding_model: BAAI/bge-m3
            embedding_batch_sizes: [1, 4, 8, 16, 32]
            embedding_text_len_range: [50, 500]

            # Requests sent before the measured ones, and not counted.
            warmup_requests: 10
            # The pause before the next policy in seconds, once the server says that it is idle; null: none, and 1 second with a server that does
            # not say.
            settle_seconds: null
            # Whether a few prompts are sent twice before each measured load, to report their TTFT cold and warm: what the server's prefix cache
            # is worth.
            cache_probe: false
            # What is watched meanwhile: this machine, its GPUs if the target runs here (auto, nvml, nvidia-smi, none, or mock, which makes
            # figures up and says so everywhere), and pages of metrics of engines or DCGM exporters.
            gpu_monitor: auto
            monitor_interval_seconds: 0.5
            scrape: null
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
            # In hybrid mode one %s embeds beside them.
            # Engines of several profiles, instead of all these: for example [2xllama3-8b-a100, 1xllama3-8b-h100], or [2xmarket-a100] for
            # cards that change between the models asked for.
            simulated: null
            # What goes wrong in them, for example [error:503@2%%, slow:3x@5%%, "crash:at=30s,for=10s,engine=engine-1"];
            # docs/reference/faults.md has all of it.
            faults: null

            # Limits that end the command with exit code 1 when a policy is beyond one, for example ["slo<0.95", "p99_ttft>500ms"].
            fail_on: null
            # Whether a policy that cannot be put in force is left out, and a server that says it is not well is measured all the same.
            continue_on_error: false

            # Where the files go: a directory, or the name of the report ending in .json.
            output_dir: ./benchmark_results
            # Whether a page, a Markdown text and charts are made of the results, beside them.
            auto_visualize: true
            """
                .formatted(
                        mode, DefaultFleet.INSTANCES, DefaultFleet.PROFILE, DefaultFleet.MAX_NUM_SEQS, DefaultFleet.EMBEDDING_PROFILE);
    }

    /// The JSON schema of configuration files, for editors.
    public static String schema() {
        try (InputStream in = ExampleConfig.class.getResourceAsStream("schema.json")) {
            return new String(requireNonNull(in, "schema.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// As JSON.
    ///
    /// @param mode llm or hybrid
    public static String json(String mode) {
        var separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        return JsonMapper.shared()
                        .writer()
                        .with(new DefaultPrettyPrinter(separators))
                        .writeValueAsString(YAMLMapper.shared().readTree(yaml(mode)))
                + "\n";
    }
}
