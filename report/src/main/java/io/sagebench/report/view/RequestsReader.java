package io.sagebench.report.view;

import io.sagebench.report.view.Requests.Dimension;
import io.sagebench.report.view.Requests.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns requests, one by one, into columns. Those of layout "1.0" do not say when they should have left: their times count from the first that
/// was sent.
final class RequestsReader {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int FIRST_ROOM = 256;
    private static final String PAUSES = "inter_token_latencies";

    private final Map<Field, Column> numbers = new EnumMap<>(Field.class);
    private final Map<Dimension, Labels> labels = new EnumMap<>(Dimension.class);
    private final PriorityQueue<Facts> slowest = new PriorityQueue<>(Comparator.comparingDouble(RequestsReader::latency));
    private final List<Facts> failed = new ArrayList<>();
    private double firstSend = Double.NaN;

    void add(ObjectNode json) {
        double gap = longestGap(json);
        json.remove(PAUSES);
        json.remove("event_tokens");
        if (!Double.isNaN(gap)) {
            json.put("longest_gap_ms", gap);
        }
        var facts = new Facts(json);
        boolean completed = facts.isTrue("success");
        if (completed) {
            slowest.add(facts);
            if (slowest.size() > Requests.MOST_WHOLE) {
                slowest.poll();
            }
        } else if (failed.size() < Requests.MOST_WHOLE) {
            failed.add(facts);
        }
        keep(facts, completed, gap);
    }

    private void keep(Facts facts, boolean completed, double gap) {
        double sentWall = facts.number("send_time").orElse(Double.NaN);
        if (Double.isNaN(firstSend)) {
            firstSend = sentWall;
        }
        double intended = facts.number("intended_ms").orElse((sentWall - firstSend) * MILLIS_PER_SECOND);
        set(Field.INTENDED_MS, intended);
        set(Field.SENT_MS, moment(facts, "sent_ms", "send_time"));
        set(Field.FIRST_TOKEN_MS, moment(facts, "first_token_ms", "first_token_time"));
        set(Field.ENDED_MS, moment(facts, "ended_ms", "completion_time"));
        set(Field.E2E_MS, completed ? or(facts, "e2e_latency_ms") : Double.NaN);
        set(Field.TTFT_MS, completed ? or(facts, "ttft_ms") : Double.NaN);
        set(Field.TPOT_MS, completed ? or(facts, "tpot_ms") : Double.NaN);
        set(Field.QUEUE_MS, or(facts, "queue_ms"));
        set(Field.LONGEST_GAP_MS, gap);
        set(Field.OUTPUT_TOKENS, or(facts, "output_token_count"));
        set(Field.PROMPT_TOKENS, or(facts, "prompt_token_count"));
        set(Field.TEXTS, or(facts, "batch_size"));
        set(Field.COMPLETED, completed ? 1 : 0);
        set(Field.MET_SLO, facts.isTrue("met_slo") ? 1 : 0);
        set(Field.REPEAT, facts.number("repeat").orElse(1));
        label(Dimension.TYPE, facts.text("request_type").orElse(facts.at("model_name").isPresent() ? "llm_chat" : ""));
        label(Dimension.PRIORITY, facts.text("priority").orElse(""));
        label(Dimension.MODEL, facts.text("model_name").or(() -> facts.text("embedding_model")).orElse(""));
        label(Dimension.INSTANCE, facts.text("instance").orElse(""));
        label(Dimension.OUTCOME, facts.text("outcome").orElse(completed ? "completed" : "failed"));
    }

    private double moment(Facts facts, String millis, String wallClock) {
        var known = facts.number(millis);
        return known.isPresent() || facts.at("intended_ms").isPresent()
                ? known.orElse(Double.NaN)
                : (facts.number(wallClock).orElse(Double.NaN) - firstSend) * MILLIS_PER_SECOND;
    }

    private static double or(Facts facts, String name) {
        return facts.number(name).orElse(Double.NaN);
    }

    private void set(Field field, double value) {
        numbers.computeIfAbsent(field, _ -> new Column()).add(value);
    }

    private void label(Dimension dimension, String value) {
        labels.computeIfAbsent(dimension, _ -> new Labels()).add(value);
    }

    private static double longestGap(ObjectNode json) {
        double longest = Double.NaN;
        if (json.get(PAUSES) instanceof ArrayNode pauses) {
            for (JsonNode pause : pauses) {
                double gap = pause.asDouble(0);
                longest = Double.isNaN(longest) ? gap : Math.max(longest, gap);
            }
        }
        return longest;
    }

    private static double latency(Facts request) {
        return request.number("e2e_latency_ms").orElse(0);
    }

    /// @param total how many there were
    /// @param every which share of them was added
    Requests requests(long total, int every) {
        var columns = new EnumMap<Field, double[]>(Field.class);
        numbers.forEach((field, column) -> columns.put(field, column.values()));
        var names = new EnumMap<Dimension, List<String>>(Dimension.class);
        var places = new EnumMap<Dimension, int[]>(Dimension.class);
        labels.forEach((dimension, known) -> {
            names.put(dimension, List.copyOf(known.places.keySet()));
            places.put(dimension, Arrays.copyOf(known.labelled, known.size));
        });
        var slowestFirst = new ArrayList<>(slowest);
        slowestFirst.sort(Comparator.comparingDouble(RequestsReader::latency).reversed());
        return new Requests(total, every, columns, names, places, slowestFirst, failed);
    }

    private static final class Column {
        private double[] values = new double[FIRST_ROOM];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }

    private static final class Labels {
        private final LinkedHashMap<String, Integer> places = new LinkedHashMap<>();
        private int[] labelled = new int[FIRST_ROOM];
        private int size;

        void add(String value) {
            if (size == labelled.length) {
                labelled = Arrays.copyOf(labelled, size * 2);
            }
            labelled[size++] = value.isEmpty() ? -1 : places.computeIfAbsent(value, _ -> places.size());
        }
    }
}
