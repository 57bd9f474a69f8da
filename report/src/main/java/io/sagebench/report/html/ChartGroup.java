package io.sagebench.report.html;

import io.sagebench.report.chart.Chart;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Charts that answer one question together; a chart is in the first group here that its name fits.
enum ChartGroup {
    /// What follows the load, or what else was varied.
    GROWTH("growth", "Level by level", "What became of the policies at every level that was tried.",
            ".*_vs_(rate|load|throughput)|mixed_ratio_impact|capacity.*|cost_.*"),
    /// How it went.
    TIME("time", "Over time", "What happened when.", ".*_over_time"),
    /// Who keeps promises.
    PROMISES("promises", "Service levels", "Which share of the requests was answered in time, and whose.", "(slo_|ttft_vs_tpot|outcomes|fairness).*"),
    /// How long it takes.
    LATENCY("latency", "Latency", "How long requests took, from when they should have left.", "(latency_|ttft_|tpot_|queue_|engine_ttft|engine_tbt|engine_latency|tail_).*"),
    /// How much is done.
    LOAD("load", "Throughput and load", "How much was done, and by whom.", "(throughput_|instance_|type_|llm_|embedding_|engine_).*"),
    /// What accelerators did.
    DEVICES("devices", "Accelerators", "What the accelerators did meanwhile.", "gpu_.*"),
    /// All others.
    MORE("more", "More charts", "", ".*");

    /// From top to bottom of a page.
    static final List<ChartGroup> IN_ORDER = List.of(GROWTH, PROMISES, LATENCY, LOAD, TIME, DEVICES, MORE);

    private final String id;
    private final String title;
    private final String lead;
    private final Pattern stems;

    ChartGroup(String id, String title, String lead, String stems) {
        this.id = id;
        this.title = title;
        this.lead = lead;
        this.stems = Pattern.compile(stems);
    }

    static ChartGroup of(Chart chart) {
        return Arrays.stream(values()).filter(group -> group.stems.matcher(chart.stem()).matches()).findFirst().orElse(MORE);
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String lead() {
        return lead;
    }
}
