package io.sagebench.report.view;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The requests of one policy, column by column: what distributions and time lines are made of.
///
/// @param total    how many there were
/// @param every    which share is here: each of them when 1, every second of the file when 2; more than 1 only for very large files, and said wherever it
///                 is drawn
/// @param numbers  for each field a column; NaN where a request does not say
/// @param labels   for each dimension the values that occur, in order of their first occurrence
/// @param labelled for each dimension the place of each request's value in `labels`; -1 where it does not say
/// @param slowest  the slowest of these that completed, the slowest first
/// @param failed   the first of these that did not complete
public record Requests(
        long total,
        int every,
        Map<Field, double[]> numbers,
        Map<Dimension, List<String>> labels,
        Map<Dimension, int[]> labelled,
        List<Facts> slowest,
        List<Facts> failed) {
    /// None.
    public static final Requests NONE =
            new Requests(0, 1, new EnumMap<>(Field.class), new EnumMap<>(Dimension.class), new EnumMap<>(Dimension.class), List.of(), List.of());

    /// How many of the slowest, and of those that failed, are kept whole.
    public static final int MOST_WHOLE = 20;

    /// A number of each request. Moments are milliseconds since the measured window began.
    public enum Field {
        /// When it should have left.
        INTENDED_MS,
        /// When it was sent.
        SENT_MS,
        /// When its first token came.
        FIRST_TOKEN_MS,
        /// When it ended.
        ENDED_MS,
        /// End-to-end latency, of completed requests.
        E2E_MS,
        /// Time to first token, of completed requests.
        TTFT_MS,
        /// Time per output token, of completed requests.
        TPOT_MS,
        /// How long the control plane says it waited.
        QUEUE_MS,
        /// The longest pause between two pieces of the answer.
        LONGEST_GAP_MS,
        /// Tokens of the answer.
        OUTPUT_TOKENS,
        /// Tokens of the prompt.
        PROMPT_TOKENS,
        /// Texts to embed in it.
        TEXTS,
        /// 1 when it completed, else 0.
        COMPLETED,
        /// 1 when it met its service level, else 0.
        MET_SLO,
        /// Which measurement of the policy it belongs to, from 1.
        REPEAT
    }

    /// What requests are told apart by.
    public enum Dimension {
        /// `llm_chat`, `llm_generate`, `embedding`.
        TYPE,
        /// `HIGH`, `NORMAL`, ...
        PRIORITY,
        /// The model asked for.
        MODEL,
        /// The engine that served it.
        INSTANCE,
        /// How it ended: `completed`, `rejected`, ...
        OUTCOME
    }

    /// How many are here.
    public int size() {
        double[] any = numbers.get(Field.INTENDED_MS);
        return any == null ? 0 : any.length;
    }

    /// A column; empty when there are no requests. Not to be changed.
    public double[] column(Field field) {
        return numbers.getOrDefault(field, new double[0]);
    }

    /// The known values of a column in ascending order, as a copy.
    public double[] sorted(Field field) {
        double[] known = Arrays.stream(column(field)).filter(value -> !Double.isNaN(value)).toArray();
        Arrays.sort(known);
        return known;
    }

    /// Whether any request says it.
    public boolean says(Field field) {
        for (double value : column(field)) {
            if (!Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /// The values of a dimension that occur.
    public List<String> labels(Dimension dimension) {
        return labels.getOrDefault(dimension, List.of());
    }

    /// The place of each request's value in [#labels(Dimension)], -1 where it does not say. Not to be changed.
    public int[] labelled(Dimension dimension) {
        return labelled.getOrDefault(dimension, new int[0]);
    }
}
