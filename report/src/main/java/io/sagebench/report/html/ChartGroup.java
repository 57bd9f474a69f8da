package io.sagebench.report.html;

import io.sagebench.report.chart.Chart;
import java.util.regex.Pattern;

/// Charts that answer one question together. A chart that no group asks for is among [#MORE].
enum ChartGroup {
    /// Who keeps promises.
    PROMISES("promises", "Service levels", "Which share of the requests was answered in time, and whose.", "slo|attainment|ttft_vs_tpot|goodput|fairness"),
    /// How long it takes.
    LATENCY("latency", "Latency", "How long requests took, from when they should have left.", "latency_|ttft|tpot|itl|queue_|tail|engine_time|percentiles"),
    /// How much is done.
    LOAD("load", "Throughput and load", "How much was done, and what it costs in time.", "throughput|rate|ratio|cost|capacity|type_|llm_|embedding|instance|pareto"),
    /// How it went.
    TIME("time", "Over time", "What happened when.", ".*(over_time|timeline|in_flight|errors|queue_length|queue_depth|instance_load).*"),
    /// What accelerators did.
    DEVICES("devices", "Accelerators", "What the accelerators did meanwhile.", "gpu_"),
    /// All others.
    MORE("more", "More charts", "", "");

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
        if (TIME.stems.matcher(chart.stem()).matches()) {
            return TIME;
        }
        for (ChartGroup group : values()) {
            if (group != MORE && group.stems.matcher(chart.stem()).lookingAt()) {
                return group;
            }
        }
        return MORE;
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
