package io.sagebench.benchmark.data;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.DataPlaces;
import io.sagebench.benchmark.config.DataPlaces.Kind;
import io.sagebench.benchmark.config.DataPlaces.Sought;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.WorkloadFile;
import io.sagebench.live.files.DataFile;
import io.sagebench.live.files.DatasetReading;
import io.sagebench.live.files.Datasets;
import io.sagebench.live.files.Datasets.Use;
import io.sagebench.live.files.TraceFile;
import io.sagebench.live.files.TraceLimit;
import io.sagebench.live.files.TraceReading;
import io.sagebench.random.Seed;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec.Load;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at workloads, datasets and traces.
public final class WorkloadData {
    private static final Pattern LINE = Pattern.compile(", line (\\d{1,9})$");

    private final Map<String, String> environment;
    private final List<String> policies;

    /// @param environment variables
    /// @param policies    names of those there are
    public WorkloadData(Map<String, String> environment, List<String> policies) {
        this.environment = Map.copyOf(environment);
        this.policies = List.copyOf(policies);
    }

    /// What came of looking.
    ///
    /// @param <T> what was looked for
    public sealed interface Looked<T> {
        /// It is in order.
        ///
        /// @param notes what a person should know
        record Good<T>(T value, List<String> notes) implements Looked<T> {}

        /// It is not.
        ///
        /// @param problems all mistakes, at least one
        record Bad<T>(List<String> problems) implements Looked<T> {}
    }

    /// A name and what it stands for, in a few words.
    public record Listed(String name, String about) {}

    /// The workloads there are by name.
    public Looked<List<Listed>> workloads() {
        return listed(Kind.WORKLOAD);
    }

    /// The datasets there are by name.
    public Looked<List<Listed>> datasets() {
        return listed(Kind.DATASET);
    }

    private Looked<List<Listed>> listed(Kind kind) {
        var problems = new ArrayList<Problem>();
        var places = DataPlaces.of(environment, problems);
        var all = new ArrayList<Listed>();
        for (String name : places.names(kind)) {
            if (places.find(name, kind) instanceof Sought.Found(DataFile file)) {
                all.add(new Listed(name, kind == Kind.WORKLOAD ? aboutWorkload(file) : aboutDataset(name, file)));
            }
        }
        return problems.isEmpty() ? new Looked.Good<>(all, List.of()) : bad(problems);
    }

    private static String aboutWorkload(DataFile file) {
        var problems = new ArrayList<Problem>();
        var workloads = WorkloadFile.read(file, problems);
        if (!problems.isEmpty()) {
            return "has mistakes: 'workload validate' names them";
        }
        return workloads.size() == 1
                ? workloads.getFirst().description()
                : workloads.size() + " workloads: " + String.join(", ", workloads.stream().map(WorkloadFile.Workload::name).toList());
    }

    private static String aboutDataset(String name, DataFile file) {
        return Datasets.read(file, use(name)) instanceof DatasetReading.Loaded loaded
                ? loaded.pool().size() + (use(name) == Use.TEXTS ? " texts to embed" : " prompts")
                : "has mistakes: 'workload validate' names them";
    }

    /// By its name, for those that are found by name.
    private static Use use(String name) {
        return name.contains("embed") ? Use.TEXTS : Use.PROMPTS;
    }

    /// Looks for every mistake of a file.
    ///
    /// @param as what it is; absent to see by its content
    /// @return what it is, in a few words
    public Looked<String> validate(Path file, Optional<DataKind> as) {
        DataKind kind = as.orElseGet(() -> DataKind.of(file));
        return switch (kind) {
            case WORKLOADS -> validateWorkloads(file);
            case PROMPTS -> validateDataset(file, Use.PROMPTS);
            case TEXTS -> validateDataset(file, Use.TEXTS);
            case TRACE -> switch (TraceFile.read(file, TraceLimit.NONE)) {
                case TraceReading.Loaded loaded ->
                    new Looked.Good<>(loaded.format() + ", " + loaded.trace().size() + " requests", TraceFile.notes(file.toString(), loaded));
                case TraceReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
            };
        };
    }

    private static Looked<String> validateDataset(Path file, Use use) {
        return switch (Datasets.check(DataFile.of(file), use)) {
            case DatasetReading.Loaded loaded ->
                new Looked.Good<>(loaded.format() + ", " + loaded.pool().size() + " rows", loaded.notes());
            case DatasetReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
        };
    }

    private Looked<String> validateWorkloads(Path file) {
        var problems = new ArrayList<Problem>();
        var notes = new ArrayList<String>();
        var workloads = WorkloadFile.read(DataFile.of(file), problems);
        for (WorkloadFile.Workload workload : workloads) {
            var draft = draft();
            draft.workload(workload);
            switch (draft.check(HowMany.SEVERAL)) {
                case Checked.Invalid(var found) -> problems.addAll(found);
                case Checked.Valid(var settings) -> notes.addAll(settings.notes());
            }
        }
        return problems.isEmpty()
                ? new Looked.Good<>(
                        "workloads: " + String.join(", ", workloads.stream().map(WorkloadFile.Workload::name).toList()), notes)
                : bad(problems);
    }

    private ConfigDraft draft() {
        var draft = new ConfigDraft(policies);
        String data = environment.getOrDefault(DataPlaces.VARIABLE, "");
        draft.environment(data.isEmpty() ? Map.of() : Map.of(DataPlaces.VARIABLE, data));
        return draft;
    }

    /// What a trace, a dataset or a workload is like.
    ///
    /// @param nameOrFile a name of a workload or dataset, or a file
    /// @param as         what it is; absent to see by its name or content
    public Looked<List<Description>> describe(String nameOrFile, Optional<DataKind> as) {
        var problems = new ArrayList<Problem>();
        var places = DataPlaces.of(environment, problems);
        boolean isDataset = places.names(Kind.DATASET).contains(nameOrFile);
        Sought sought = places.find(nameOrFile, isDataset ? Kind.DATASET : Kind.WORKLOAD);
        if (!problems.isEmpty()) {
            return bad(problems);
        }
        return switch (sought) {
            case Sought.Missing(String message) -> new Looked.Bad<>(List.of(message));
            case Sought.Found(DataFile.OnDisk(Path path)) -> describe(path, DataFile.of(path), as.orElseGet(() -> DataKind.of(path)));
            case Sought.Found(DataFile file) ->
                describe(Path.of(nameOrFile), file, isDataset ? use(nameOrFile) == Use.TEXTS ? DataKind.TEXTS : DataKind.PROMPTS : DataKind.WORKLOADS);
        };
    }

    private Looked<List<Description>> describe(Path path, DataFile file, DataKind kind) {
        return switch (kind) {
            case WORKLOADS -> describeWorkloads(file);
            case PROMPTS -> describeDataset(file, Use.PROMPTS);
            case TEXTS -> describeDataset(file, Use.TEXTS);
            case TRACE -> switch (TraceFile.read(path, TraceLimit.NONE)) {
                case TraceReading.Loaded loaded ->
                    new Looked.Good<>(List.of(Describing.trace(loaded.format(), loaded.trace())), TraceFile.notes(path.toString(), loaded));
                case TraceReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
            };
        };
    }

    private static Looked<List<Description>> describeDataset(DataFile file, Use use) {
        return switch (Datasets.read(file, use)) {
            case DatasetReading.Loaded loaded ->
                new Looked.Good<>(List.of(Describing.dataset(file.name(), loaded.format(), loaded.pool())), loaded.notes());
            case DatasetReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
        };
    }

    private Looked<List<Description>> describeWorkloads(DataFile file) {
        var problems = new ArrayList<Problem>();
        var descriptions = new ArrayList<Description>();
        var notes = new ArrayList<String>();
        for (WorkloadFile.Workload workload : WorkloadFile.read(file, problems)) {
            var draft = draft();
            draft.workload(workload);
            switch (draft.check(HowMany.SEVERAL)) {
                case Checked.Invalid(var found) -> problems.addAll(found);
                case Checked.Valid(var settings) -> {
                    var spec = settings.config().workload();
                    if (spec.load() instanceof Load.Closed) {
                        notes.add(workload.name() + " is a closed loop: its requests have no times of their own");
                    } else {
                        descriptions.add(Describing.plan(
                                workload.name() + " with seed " + settings.config().seed(),
                                WorkloadPlan.measured(spec, new Seed(settings.config().seed()))));
                    }
                }
            }
        }
        return problems.isEmpty() ? new Looked.Good<>(descriptions, notes) : bad(problems);
    }

    /// In the order of their lines: what a key may be is looked at before what its value may be.
    private static <T> Looked<T> bad(List<Problem> problems) {
        return new Looked.Bad<>(problems.stream()
                .sorted(Comparator.comparingInt(WorkloadData::line))
                .map(Problem::toString)
                .distinct()
                .toList());
    }

    private static int line(Problem problem) {
        Matcher line = LINE.matcher(problem.where());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }
}
