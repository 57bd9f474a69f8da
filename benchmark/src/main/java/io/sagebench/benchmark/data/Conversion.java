package io.sagebench.benchmark.data;

import io.sagebench.benchmark.data.WorkloadData.Looked;
import io.sagebench.live.files.DataFile;
import io.sagebench.live.files.DatasetReading;
import io.sagebench.live.files.DatasetWriter;
import io.sagebench.live.files.Datasets;
import io.sagebench.live.files.TraceFile;
import io.sagebench.live.files.TraceLimit;
import io.sagebench.live.files.TraceReading;
import io.sagebench.live.files.TraceWriter;
import io.sagebench.workload.Plan;
import io.sagebench.workload.Trace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes traces and datasets in other formats, and plans to files.
public final class Conversion {
    private Conversion() {}

    /// Converts a file.
    ///
    /// @param to the name of a format; absent to go by the suffix of `out`
    /// @param as what `in` is; absent to see by its content
    /// @return what was written, in a few words
    public static Looked<String> convert(Path in, Path out, Optional<String> to, Optional<DataKind> as) {
        return switch (as.orElseGet(() -> DataKind.of(in))) {
            case TRACE -> trace(in, out, to);
            case PROMPTS -> dataset(in, out, to, Datasets.Use.PROMPTS);
            case TEXTS -> dataset(in, out, to, Datasets.Use.TEXTS);
            case WORKLOADS -> new Looked.Bad<>(List.of(in + ": workloads are not converted; both layouts can be used as they are"));
        };
    }

    private static Looked<String> trace(Path in, Path out, Optional<String> to) {
        boolean csv = out.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        String name = to.orElse((csv ? TraceWriter.Form.AZURE : TraceWriter.Form.PLAN).wireName());
        Optional<TraceWriter.Form> form =
                Arrays.stream(TraceWriter.Form.values()).filter(known -> known.wireName().equals(name)).findFirst();
        if (form.isEmpty()) {
            return unknown(name, Arrays.stream(TraceWriter.Form.values()).map(TraceWriter.Form::wireName).toList());
        }
        return switch (TraceFile.read(in, TraceLimit.NONE)) {
            case TraceReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
            case TraceReading.Loaded loaded -> {
                Trace trace = loaded.trace();
                var notes = new ArrayList<>(TraceFile.notes(in.toString(), loaded));
                if (trace.hasBlocks() && !form.get().keepsBlocks()) {
                    notes.add(out + ": this format cannot say what prompts have in common; that is lost");
                }
                if (form.get() == TraceWriter.Form.MOONCAKE) {
                    notes.add(out + ": times are cut to whole milliseconds");
                }
                yield written(out, () -> TraceWriter.write(trace, form.get(), out), trace.size() + " requests as " + name, notes);
            }
        };
    }

    private static Looked<String> dataset(Path in, Path out, Optional<String> to, Datasets.Use use) {
        boolean csv = out.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        String name = to.orElse((csv ? DatasetWriter.Form.CSV : DatasetWriter.Form.JSONL).wireName());
        Optional<DatasetWriter.Form> form =
                Arrays.stream(DatasetWriter.Form.values()).filter(known -> known.wireName().equals(name)).findFirst();
        if (form.isEmpty()) {
            return unknown(name, Arrays.stream(DatasetWriter.Form.values()).map(DatasetWriter.Form::wireName).toList());
        }
        return switch (Datasets.read(DataFile.of(in), use)) {
            case DatasetReading.Unreadable(var messages) -> new Looked.Bad<>(messages);
            case DatasetReading.Loaded loaded -> written(
                    out,
                    () -> DatasetWriter.write(loaded.pool(), use == Datasets.Use.PROMPTS ? "prompt" : "text", form.get(), out),
                    loaded.pool().size() + " rows as " + name,
                    loaded.notes());
        };
    }

    private static Looked<String> unknown(String name, List<String> known) {
        return new Looked.Bad<>(List.of("--to: must be one of " + String.join(", ", known) + ", but is '" + name + "'"));
    }

    /// Writes a plan whose times stand beforehand.
    ///
    /// @param texts whether with the texts of prompts
    public static Looked<String> generate(Plan plan, boolean texts, Path out) {
        long[] count = {0};
        Looked<String> done = written(out, () -> count[0] = TraceWriter.write(plan.open(0), texts, out), "", List.of());
        return done instanceof Looked.Good<String> ? new Looked.Good<>(count[0] + " requests", List.of()) : done;
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static Looked<String> written(Path out, Writing writing, String what, List<String> notes) {
        try {
            writing.write();
            return new Looked.Good<>(what, notes);
        } catch (FileAlreadyExistsException _) {
            return new Looked.Bad<>(List.of(out + ": is there already; nothing was written"));
        } catch (IOException broken) {
            return new Looked.Bad<>(List.of(out + ": cannot be written: " + broken));
        }
    }
}
