package io.sagebench.cli;

import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.visual.Form;
import io.sagebench.report.visual.VisualNames;
import io.sagebench.report.visual.Visuals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// Makes the page, the text and the pictures of a results file.
@FunctionalInterface
interface Visualizer {
    /// The one that does it.
    Visualizer FILES = (results, names, forms, formats, replace) ->
            new Visuals(ResultsView.read(results), names, replace).write(forms, formats);

    /// @throws Unusable    when the results file cannot be read
    /// @throws IOException when a place cannot be written to
    Visuals.Written write(Path results, VisualNames names, Set<Form> forms, Set<ChartFormat> formats, boolean replace)
            throws IOException, Unusable;
}
