package io.sagebench.benchmark.config;

import io.sagebench.engine.sim.StepTime;
import io.sagebench.engine.sim.StepTime.AllReduce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The constants of the step time in a profile file: all of them, or those that override what is derived.
final class StepTimeFields {
    private static final String ALL_REDUCE_KEY = "all_reduce";

    private final FieldGroup file;
    private final List<Problem> problems;

    StepTimeFields(FieldGroup file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// A constant.
    ///
    /// @param key     with its unit
    /// @param meaning for comments
    record Constant(String key, String meaning, ToDoubleFunction<StepTime> of) {}

    /// In the order of the record.
    static final List<Constant> CONSTANTS = List.of(
            new Constant("t0_ms", "fixed cost of a step outside the model", StepTime::t0),
            new Constant("g0_ms", "linear layers while they are bound by reading the weights", StepTime::g0),
            new Constant("n0_tokens", "tokens in a step up to which they are", StepTime::n0),
            new Constant("g1_us", "linear layers, each further token", StepTime::g1Micros),
            new Constant("a_seq_ms", "attention of each sequence", StepTime::aSeq),
            new Constant("a_kv_us", "decode attention, reading one token of KV cache", StepTime::aKvMicros),
            new Constant("rho", "how much dearer contexts of mixed length read than equal ones", StepTime::rho),
            new Constant("a_pf_ms", "fixed attention cost of a prefill chunk", StepTime::aPf),
            new Constant("a_qk_ns", "prefill attention, each query-key pair", StepTime::aQkNanos),
            new Constant("h0_ms", "output layer", StepTime::h0),
            new Constant("h1_ms", "sampling, each sequence", StepTime::h1));
    static final List<String> ALL_REDUCE = List.of("gpus", "layers", "latency_ms", "bytes_per_token", "gigabytes_per_second");

    /// @param derived   what the rules give, when they could be read
    /// @param isDerived whether there are rules, right or wrong
    Optional<StepTime> read(Optional<StepTime> derived, boolean isDerived) {
        List<String> keys = new ArrayList<>(CONSTANTS.stream().map(Constant::key).toList());
        keys.add(ALL_REDUCE_KEY);
        Optional<FieldGroup> group = file.group("step_time", keys);
        if (!isDerived) {
            group.ifPresentOrElse(
                    given -> CONSTANTS.forEach(constant -> given.require(constant.key, constant.meaning + "; needed without 'derive'")),
                    () -> file.require("step_time", "give its constants, or 'derive' them"));
        }
        Map<String, Double> all = new LinkedHashMap<>();
        for (Constant constant : CONSTANTS) {
            derived.ifPresent(known -> all.put(constant.key, constant.of.applyAsDouble(known)));
            group.ifPresent(given -> given.notNegative(constant.key).ifPresent(number -> all.put(constant.key, number)));
        }
        Optional<AllReduce> allReduce = group.filter(given -> given.has(ALL_REDUCE_KEY))
                .map(this::allReduce)
                .orElseGet(() -> Optional.of(derived.map(StepTime::allReduce).orElse(AllReduce.NONE)));
        if (all.size() < CONSTANTS.size() || allReduce.isEmpty()) {
            return Optional.empty();
        }
        List<Double> c = List.copyOf(all.values());
        if (c.get(0) + c.get(1) + c.get(9) <= 0) {
            file.wrong("step_time", "makes steps that take no time: t0_ms, g0_ms and h0_ms are all 0");
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StepTime(
                c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5), c.get(6), c.get(7), c.get(8), c.get(9), c.get(10),
                allReduce.get()));
    }

    private Optional<AllReduce> allReduce(FieldGroup stepTime) {
        if (stepTime.says(ALL_REDUCE_KEY, "none")) {
            return Optional.of(AllReduce.NONE);
        }
        Optional<FieldGroup> group = stepTime.group(ALL_REDUCE_KEY, ALL_REDUCE);
        if (group.isEmpty()) {
            return Optional.empty();
        }
        FieldGroup given = group.get();
        ALL_REDUCE.forEach(key -> given.require(key, "all of " + String.join(", ", ALL_REDUCE) + " are needed, or 'all_reduce: none'"));
        var gpus = given.whole("gpus", 1);
        var layers = given.whole("layers", 0);
        var latency = given.notNegative("latency_ms");
        var bytes = given.notNegative("bytes_per_token");
        var bandwidth = given.positive("gigabytes_per_second");
        return gpus.isPresent() && layers.isPresent() && latency.isPresent() && bytes.isPresent() && bandwidth.isPresent()
                ? Optional.of(new AllReduce(
                        gpus.getAsInt(), layers.getAsInt(), latency.getAsDouble(), bytes.getAsDouble(), bandwidth.getAsDouble()))
                : Optional.empty();
    }
}
