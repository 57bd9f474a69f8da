package io.sagebench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes something of its own beside the files of a benchmark, such as charts.
@FunctionalInterface
public interface ReportExtra {

    /// Called once, when the other files are written.
    ///
    /// @param report finished
    /// @param folder where the files are
    /// @return what was written
    List<Path> write(BenchmarkReport report, Path folder) throws IOException;
}
