package io.sagebench.report.sweep;

import io.sagebench.journal.Journal;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RawResults;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.RecordSink;
import io.sagebench.report.json.RecordsFile;
import io.sagebench.report.json.SweepJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of one sweep: `rate_sweep_<mode>_<policy>.json` for each policy, `sweep_<stamp>.json` with all that belongs to them together, and when there
/// are more requests than the files hold themselves, one with the requests of each policy at each rate.
public final class SweepFiles {
    private final Path place;
    private final String mode;
    private final String stamp;
    private final boolean replace;
    private final boolean inline;
    private final Map<Measured, List<WindowRecord>> kept = new TreeMap<>(Measured.ORDER);
    private final Map<Measured, RecordsFile> files = new TreeMap<>(Measured.ORDER);

    /// One policy at one rate.
    private record Measured(double ratePerSecond, String policy) {
        static final Comparator<Measured> ORDER = Comparator.comparing(Measured::policy).thenComparing(Measured::ratePerSecond);
    }

    /// @param place    a directory, or the name of the file that has it all
    /// @param mode     `llm` or `hybrid`
    /// @param now      when the sweep began
    /// @param replace  whether files of these names may be there already
    /// @param requests how many requests will be measured in all
    public SweepFiles(Path place, String mode, Instant now, boolean replace, long requests) {
        this.place = place;
        this.mode = mode;
        this.stamp = SweepNames.stamp(now);
        this.replace = replace;
        this.inline = requests <= RawResults.MOST_INLINE;
    }

    /// Those that a user named, by naming the main one, and that are there already.
    public List<Path> taken(List<String> policies) {
        if (!SweepNames.isFile(place) || replace) {
            return List.of();
        }
        var names = new ArrayList<Path>(List.of(place));
        policies.forEach(policy -> names.add(fileOf(policy)));
        return names.stream().filter(Files::exists).toList();
    }

    /// Takes the records of one rate. Policies may be measured at the same time, each by one thread.
    public RecordSink at(double ratePerSecond) {
        return window -> inline ? keep(ratePerSecond, window) : write(ratePerSecond, window);
    }

    private Journal keep(double ratePerSecond, MeasuredWindow window) {
        List<WindowRecord> records;
        synchronized (kept) {
            records = kept.computeIfAbsent(new Measured(ratePerSecond, window.policy()), _ -> new ArrayList<>());
        }
        return ended -> records.add(new WindowRecord(window, ended));
    }

    private Journal write(double ratePerSecond, MeasuredWindow window) {
        synchronized (files) {
            var measured = new Measured(ratePerSecond, window.policy());
            RecordsFile file = files.get(measured);
            if (file == null) {
                try {
                    file = RecordsFile.begin(SweepNames.directoryOf(place).resolve(nameOf(measured)), replace);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
                files.put(measured, file);
            }
            return file.open(window);
        }
    }

    private String nameOf(Measured measured) {
        return "requests_" + stamp + "_" + SweepNames.escaped(measured.policy()) + "_" + SweepJson.key(measured.ratePerSecond()) + ".jsonl";
    }

    /// Where the facts of the requests are; asked after they ended.
    public RawResults raw(double ratePerSecond, String policy) {
        var measured = new Measured(ratePerSecond, policy);
        if (!inline) {
            return new RawResults.InFile(nameOf(measured));
        }
        synchronized (kept) {
            return new RawResults.Inline(kept.getOrDefault(measured, List.of()));
        }
    }

    /// Finishes the records and writes the other files.
    ///
    /// @return those files, that with it all first
    public List<Path> finish(SweepReport report) throws IOException {
        for (RecordsFile file : files.values()) {
            file.finish();
        }
        var json = new SweepJson(report);
        var names = new LinkedHashMap<String, String>();
        var written = new ArrayList<Path>();
        for (PolicySweep policy : report.policies()) {
            Path target = fileOf(policy.policy());
            json.writePolicy(policy, target, replace);
            names.put(policy.policy(), String.valueOf(target.getFileName()));
            written.add(target);
        }
        Path main = SweepNames.main(place, "sweep_" + stamp, replace);
        json.write(main, names, replace);
        written.addFirst(main);
        return written;
    }

    private Path fileOf(String policy) {
        return SweepNames.beside(place, "rate_sweep_" + mode + "_" + SweepNames.escaped(policy), replace);
    }

    /// Removes what was begun: there is nothing to report.
    public void discard() throws IOException {
        for (RecordsFile file : files.values()) {
            file.discard();
        }
    }
}
