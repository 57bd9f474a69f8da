package io.sagebench.report.chart;

import io.sagebench.request.Check;
import java.util.List;

/// One chart.
///
/// @param stem    its stable name: `latency_cdf`; one of a policy's own charts ends in the policy: `latency_distribution-fifo`
/// @param title   what it shows, for people
/// @param caption how to read it and what it rests on, one or two sentences; also what a screen reader says
/// @param panels  side by side, or one below the other where it is narrow; at least one
/// @param synthetic whether anything in it is made up, which whoever draws it writes across it
public record Chart(String stem, String title, String caption, List<Panel> panels, boolean synthetic) implements Plot {
    public Chart {
        Check.notBlank(stem, "stem");
        Check.notBlank(title, "title");
        Check.notBlank(caption, "caption");
        panels = List.copyOf(panels);
        Check.atLeast(1, panels.size(), "number of panels");
    }

    /// One of measured figures.
    public Chart(String stem, String title, String caption, List<Panel> panels) {
        this(stem, title, caption, panels, false);
    }
}
