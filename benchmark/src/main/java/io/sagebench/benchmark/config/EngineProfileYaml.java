package io.sagebench.benchmark.config;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Overhead;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.HardwareRules;
import io.sagebench.engine.sim.ProfileLookup;
import io.sagebench.engine.sim.StepTime.AllReduce;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Writes an engine profile as a file that reads back equal, with a comment on each line.
public final class EngineProfileYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/+-]*");
    private static final List<String> NOT_PLAIN = List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    private static final int COMMENT_COLUMN = 42;

    private final StringBuilder text = new StringBuilder();

    private EngineProfileYaml() {}

    /// The file.
    ///
    /// @param heading lines that say what it is and where it comes from, without `#`
    public static String of(EngineProfile profile, List<String> heading) {
        var yaml = new EngineProfileYaml();
        heading.forEach(line -> yaml.text.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
        yaml.write(profile);
        return yaml.text.toString();
    }

    /// The file of a profile that the hardware rules make, saying so.
    public static String of(ProfileLookup.Found found) {
        HardwareRules rules = found.rules();
        String gpus = rules.tensorParallel() == 1 ? rules.gpu().fullName() : rules.tensorParallel() + " x " + rules.gpu().fullName();
        String parallel = rules.tensorParallel() == 1 ? "" : ", tensor_parallel: " + rules.tensorParallel();
        String blocks = found.profile().kvBlocks() == rules.kvBlocks() ? "" : " and num_gpu_blocks: " + found.profile().kvBlocks();
        return of(
                found.profile(),
                List.of(
                        rules.model().name() + " in bf16 on " + gpus + ", " + plain(rules.memoryUtilization() * 100) + " % of the memory for weights and KV cache.",
                        "The linear layers (g0, n0, g1) are " + (rules.isProfiled() ? "fitted to profiled kernels" : "derived from the data sheet")
                                + "; the rest follows from hardware rules.",
                        "",
                        "Save it, change it, and use the file where a profile's name is asked for: --engine-profile, serve --simulated 3xFILE,",
                        "mock-engine --profile. In short it is derive: {model: " + rules.model().name() + ", gpu: " + rules.gpu().name() + parallel + "}" + blocks
                                + "; constants",
                        "beside 'derive' override single ones.",
                        ""));
    }

    private void write(EngineProfile profile) {
        line(0, "name", quoted(profile.name()), "");
        line(0, "model", quoted(profile.model()), "the name it answers to");
        text.append('\n');
        group(0, "step_time", "of one engine step; the reference page has the formula");
        StepTimeFields.CONSTANTS.forEach(constant ->
                line(2, constant.key(), plain(constant.of().applyAsDouble(profile.stepTime())), constant.meaning()));
        allReduce(profile.stepTime().allReduce());
        text.append('\n');
        line(0, "num_gpu_blocks", Integer.toString(profile.kvBlocks()), "size of the KV cache");
        scheduler(profile.scheduler());
        text.append('\n');
        overhead(profile.overhead());
        profile.speculation().ifPresent(speculation -> {
            group(0, "speculation", "");
            line(2, "num_speculative_tokens", Integer.toString(speculation.draftTokens()), "guessed ahead in a step");
            line(2, "acceptance", plain(speculation.acceptance()), "chance that a guess is right when those before were");
        });
        line(0, "noise_sigma", plain(profile.noiseSigma()), "spread of the log-normal noise on each step; 0 for none");
    }

    private void allReduce(AllReduce allReduce) {
        if (allReduce.equals(AllReduce.NONE)) {
            line(2, "all_reduce", "none", "one GPU");
            return;
        }
        group(2, "all_reduce", "two in each layer");
        line(4, "gpus", Integer.toString(allReduce.gpus()), "");
        line(4, "layers", Integer.toString(allReduce.layers()), "");
        line(4, "latency_ms", plain(allReduce.latencyMillis()), "of one");
        line(4, "bytes_per_token", plain(allReduce.bytesPerToken()), "activations");
        line(4, "gigabytes_per_second", plain(allReduce.gigabytesPerSecond()), "of the bus");
    }

    private void scheduler(Scheduler scheduler) {
        group(0, "scheduler", "by vLLM's names");
        line(2, "max_num_seqs", Integer.toString(scheduler.maxNumSeqs()), "the most sequences in a batch");
        line(2, "max_num_batched_tokens", Integer.toString(scheduler.maxNumBatchedTokens()), "token budget of a step");
        line(2, "max_model_len", Integer.toString(scheduler.maxModelLen()), "prompt and output of one request");
        line(2, "block_size", Integer.toString(scheduler.blockSize()), "tokens of a KV block");
        line(2, "scheduling_policy", scheduler.order().name().toLowerCase(Locale.ROOT), "fcfs or priority");
        line(2, "enable_prefix_caching", Boolean.toString(scheduler.prefixCaching()), "");
        line(2, "scheduler_reserve_full_isl", Boolean.toString(scheduler.reserveFullSequence()), "admit only whole sequences");
        line(2, "long_prefill_token_threshold", Integer.toString(scheduler.longPrefillTokenThreshold()), "0 for no limit");
    }

    private void overhead(Overhead overhead) {
        group(0, "overhead", "outside the steps");
        line(2, "api_ms", millis(overhead.apiNanos()), "tokenising and HTTP, before a request is queued");
        line(2, "token_delay_ms", millis(overhead.tokenDelayNanos()), "until a token is visible");
    }

    private void group(int indent, String key, String comment) {
        line(indent, key, "", comment);
    }

    private void line(int indent, String key, String value, String comment) {
        String content = " ".repeat(indent) + key + ":" + (value.isEmpty() ? "" : " " + value);
        text.append(content);
        if (!comment.isEmpty()) {
            text.append(" ".repeat(Math.max(1, COMMENT_COLUMN - content.length()))).append("# ").append(comment);
        }
        text.append('\n');
    }

    private static String millis(long nanos) {
        return plain(BigDecimal.valueOf(nanos, 6));
    }

    private static String plain(double value) {
        return plain(BigDecimal.valueOf(value));
    }

    /// Without an exponent, which YAML would need a sign in.
    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String quoted(String name) {
        boolean isPlain = PLAIN.matcher(name).matches() && !NOT_PLAIN.contains(name.toLowerCase(Locale.ROOT));
        return isPlain ? name : "'" + name.replace("'", "''") + "'";
    }
}
