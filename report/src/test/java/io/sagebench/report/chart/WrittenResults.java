package io.sagebench.report.chart;

import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Small results files, written by hand, so that every figure in a chart can be worked out.
public final class WrittenResults {
    private final Path folder;

    public WrittenResults(Path folder) {
        this.folder = folder;
    }

    /// A file of any kind, in single quotes.
    public ResultsView view(String json) {
        try {
            Path file = Files.createTempFile(folder, "results", ".json");
            Files.writeString(file, json.replace('\'', '"'));
            return ResultsView.read(file);
        } catch (IOException | Unusable broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// A comparison of these policies.
    public ResultsView comparison(Policy... policies) {
        var each = new ArrayList<String>();
        for (Policy policy : policies) {
            each.add(policy.json());
        }
        return view("{'version':'2.0','target':{'kind':'simulated','description':'2 x toy'},'run':{'id':'run-1'},'tool':{'name':'sage-bench','version':'9'},"
                + "'config':{'slo_config':{'ttft_deadline_ms':200,'tpot_deadline_ms':50}},'policy_results':{" + String.join(",", each) + "}}");
    }

    /// A policy with a request at each whole second, or with what is given instead.
    public record Policy(String name, boolean ceiling, double attainment, String metrics, List<String> requests) {

        /// With completed requests of these latencies, in milliseconds.
        public static Policy of(String name, double attainment, double... latencies) {
            var requests = new ArrayList<String>();
            for (int i = 0; i < latencies.length; i++) {
                requests.add(completed(i, latencies[i]));
            }
            return new Policy(name, false, attainment, "", requests);
        }

        /// One that began at so many seconds.
        public static String completed(int second, double latency) {
            double begin = second * 1000.0;
            return String.format(Locale.ROOT,
                    "{'success':true,'outcome':'completed','intended_ms':%s,'sent_ms':%s,'ended_ms':%s,'e2e_latency_ms':%s,'ttft_ms':%s,'tpot_ms':%s,"
                            + "'queue_ms':%s,'instance':'engine-%d','request_type':'llm_chat','priority':'HIGH','met_slo':true}",
                    begin, begin, begin + latency, latency, latency / 2, latency / 10, latency / 4, second % 2);
        }

        /// One that failed after so many milliseconds.
        public static String failed(int second, double after) {
            return "{'success':false,'outcome':'http_error','intended_ms':" + second * 1000.0 + ",'sent_ms':" + second * 1000.0 + ",'ended_ms':"
                    + (second * 1000.0 + after) + "}";
        }

        public Policy asCeiling() {
            return new Policy(name, true, attainment, metrics, requests);
        }

        public Policy saying(String more) {
            return new Policy(name, ceiling, attainment, metrics + "," + more, requests);
        }

        public Policy with(String... more) {
            var all = new ArrayList<>(requests);
            all.addAll(List.of(more));
            return new Policy(name, ceiling, attainment, metrics, all);
        }

        String json() {
            return "'" + name + "':{'policy':'" + name + "','ceiling':" + ceiling + ",'metrics':{'slo':{'compliance_rate':" + attainment
                    + ",'by_priority':{'HIGH':" + attainment + "}},'throughput':{'requests_per_second':10,'goodput_rps':8,'offered_requests_per_second':12},"
                    + "'e2e_latency_ms':{'p50':100,'p95':200,'p99':null},'request_counts':{'total':" + requests.size() + ",'completed':" + requests.size()
                    + "}" + metrics + "},'raw_results':[" + String.join(",", requests) + "]}";
        }
    }
}
