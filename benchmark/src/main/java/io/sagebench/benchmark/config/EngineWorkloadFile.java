package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.benchmark.engine.EngineWorkload;
import io.sagebench.benchmark.engine.EngineWorkload.Asking;
import io.sagebench.benchmark.engine.EngineWorkload.Execution;
import io.sagebench.benchmark.engine.EngineWorkloads;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads a file of engine workloads, YAML or JSON: a list, or a group with the list under `workloads`. All its mistakes are told, with their lines.
public final class EngineWorkloadFile {
    private static final GivenFile.Kind KIND = new GivenFile.Kind(
            "a workload file", "a list of workloads, or one under the key workloads", "'sage-bench engine workload-template' writes an example");
    private static final String LIST = "workloads";
    private static final List<String> KEYS = List.of(
            "name", "prompt", "workload_type", "prompt_tokens", "max_tokens", "num_requests", "concurrent", "temperature", "top_p", "top_k",
            "repetition_penalty", "stream", "warmup_rounds", "concurrency", "extra_params");
    /// What the program itself says in each request.
    private static final Set<String> OURS = Set.of(
            "model", "prompt", "messages", "max_tokens", "max_completion_tokens", "stream", "stream_options", "temperature", "top_p", "top_k",
            "repetition_penalty");
    private static final int USUAL_OUTPUT = 128;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_REQUESTS = 1_000_000;

    private final List<Problem> problems;
    private final List<EngineWorkload> workloads = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    private EngineWorkloadFile(List<Problem> problems) {
        this.problems = problems;
    }

    /// The workloads of a file, in its order; what is wrong with it is added to `problems`.
    public static List<EngineWorkload> read(Path path, List<Problem> problems) {
        int before = problems.size();
        var file = new EngineWorkloadFile(problems);
        GivenFile.readOrList(path, KIND, LIST, problems).ifPresent(fields -> {
            List<FieldGroup> groups = FieldGroup.ofFile(fields, List.of(LIST), problems).groups(LIST, KEYS);
            groups.forEach(file::take);
            if (groups.isEmpty() && problems.size() == before) {
                problems.add(new Problem(path.toString(), "has no workloads; " + KIND.help()));
            }
        });
        return file.workloads;
    }

    private void take(FieldGroup group) {
        int before = problems.size();
        group.require("name", "it names the workload's files");
        group.require("prompt", "it is how each prompt begins");
        String name = group.text("name", "a name").orElse("workload");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            group.wrong("name", "must be of letters, digits, '.', '_' and '-', since files are named after it, but is '" + name + "'");
        }
        if (names.merge(name, 1, Integer::sum) == 2) {
            group.wrong("name", "must be another than those before, but '" + name + "' stands in the file twice");
        }
        int requests = group.whole("num_requests", 1, MOST_REQUESTS).orElse(1);
        EngineWorkload workload = new EngineWorkload(
                name,
                type(group),
                "from a file",
                Optional.of(group.text("prompt", "a text").orElse("prompt")),
                group.whole("prompt_tokens", 1, MOST_TOKENS).orElse(0),
                group.whole("max_tokens", 1, MOST_TOKENS).orElse(USUAL_OUTPUT),
                requests,
                execution(group),
                asking(group),
                group.whole("warmup_rounds", 0, MOST_REQUESTS).orElse(0));
        if (problems.size() == before) {
            workloads.add(workload);
        }
    }

    private static String type(FieldGroup group) {
        Optional<String> given = group.text("workload_type", "one of " + String.join(", ", EngineWorkloads.types()));
        String type = given.orElse("short").toLowerCase(Locale.ROOT);
        if (!EngineWorkloads.types().contains(type)) {
            group.wrong(
                    "workload_type",
                    "must be one of " + String.join(", ", EngineWorkloads.types()) + ", but is '" + given.orElse("") + "'"
                            + DidYouMean.hint(EngineWorkloads.types(), type));
        }
        return type;
    }

    private static Execution execution(FieldGroup group) {
        boolean concurrent = group.flag("concurrent").orElse(false);
        OptionalInt concurrency = group.whole("concurrency", 1, MOST_REQUESTS);
        if (concurrency.isPresent()) {
            return new Execution.Callers(concurrency.getAsInt());
        }
        return concurrent ? new Execution.AtOnce() : Execution.sequential();
    }

    private Asking asking(FieldGroup group) {
        return new Asking(
                group.flag("stream").orElse(true),
                group.number("temperature", 0, 100, "from 0 to 100"),
                group.number("top_p", Double.MIN_VALUE, 1, "above 0 and at most 1"),
                group.whole("top_k", 1, Integer.MAX_VALUE),
                group.positive("repetition_penalty"),
                extra(group));
    }

    private Map<String, Object> extra(FieldGroup group) {
        Optional<Given> given = group.given("extra_params");
        if (given.isEmpty()) {
            return Map.of();
        }
        if (!(given.get() instanceof Fields(Origin _, Map<String, Given> fields))) {
            group.wrong("extra_params", "must be a group of keys such as min_tokens: 16, but is " + given.get().shown());
            return Map.of();
        }
        var extra = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (OURS.contains(name)) {
                problems.add(value.origin().sentence("'extra_params." + name + "' is said by the workload itself, or by the program; leave it out here"));
            }
            extra.put(name, plain(value));
        });
        return extra;
    }

    /// A value as JSON has it.
    private static Object plain(Given value) {
        return switch (value) {
            case Scalar(Origin _, Form form, String text) -> switch (form) {
                case NUMBER -> number(text);
                case BOOLEAN -> text.equals("true");
                case TEXT, UNTYPED -> text;
            };
            case Items(Origin _, List<Given> items) -> items.stream().map(EngineWorkloadFile::plain).toList();
            case Fields(Origin _, Map<String, Given> fields) -> {
                var object = new LinkedHashMap<String, Object>();
                fields.forEach((name, inner) -> object.put(name, plain(inner)));
                yield object;
            }
        };
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException _) {
            return text; // .inf and the like, which JSON does not have
        }
    }
}
