package io.sagebench.benchmark.dashboard;

import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.live.dashboard.PolicyColours.Colour;
import io.sagebench.report.chart.Palette;
import java.util.LinkedHashMap;
import java.util.List;

/// The colours of reports, for dashboards.
public final class DashboardColours {
    private DashboardColours() {}

    /// One for each of these names.
    public static PolicyColours of(List<String> names) {
        var palette = new Palette(names);
        var colours = new LinkedHashMap<String, Colour>();
        names.forEach(name -> colours.put(name, new Colour(Palette.css(palette.light(name)), Palette.css(palette.dark(name)))));
        return new PolicyColours(colours);
    }
}
