package io.sagebench.report.chart.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The round numbers at which an axis has a label.
///
/// @param values ascending, all within the range
/// @param labels one each; empty where a step of a logarithmic axis has only a line
record Ticks(List<Double> values, List<String> labels) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double[] LOG_STEPS = {1, 2, 5};
    private static final double THOUSAND = 1e3;
    private static final double TEN_THOUSAND = 1e4;
    private static final double MILLION = 1e6;
    private static final int MOST_DECIMALS = 9;
    private static final int FEW = 3;

    Ticks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /// @param most how many have room
    static Ticks of(Range range, boolean logarithmic, int most) {
        Ticks ticks = logarithmic ? logarithmic(range, most) : linear(range, most);
        return logarithmic && ticks.values.size() < FEW ? linear(range, most) : ticks;
    }

    private static Ticks linear(Range range, int most) {
        double rough = (range.most() - range.least()) / Math.max(1, most);
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = STEPS[STEPS.length - 1] * decade;
        for (double candidate : STEPS) {
            if (candidate * decade >= rough * (1 - 1e-9)) {
                step = candidate * decade;
                break;
            }
        }
        var values = new ArrayList<Double>();
        var labels = new ArrayList<String>();
        long last = (long) Math.floor(range.most() / step + 1e-9);
        for (long i = (long) Math.ceil(range.least() / step - 1e-9); i <= last; i++) {
            values.add(i * step);
            labels.add(label(i * step, step));
        }
        return new Ticks(values, labels);
    }

    private static Ticks logarithmic(Range range, int most) {
        var values = new ArrayList<Double>();
        var labels = new ArrayList<String>();
        int first = (int) Math.floor(Math.log10(range.least()));
        int last = (int) Math.ceil(Math.log10(range.most()));
        boolean onlyDecades = (last - first) * LOG_STEPS.length > 2 * most;
        int every = Math.max(1, (int) Math.ceil((last - first + 1.0) / Math.max(1, most)));
        for (int exponent = first; exponent <= last; exponent++) {
            for (double factor : LOG_STEPS) {
                double value = factor * Math.pow(10, exponent);
                if (value < range.least() * (1 - 1e-9) || value > range.most() * (1 + 1e-9) || (onlyDecades && factor > 1)) {
                    continue;
                }
                values.add(value);
                boolean labelled = onlyDecades ? (exponent - first) % every == 0 : (last - first) * LOG_STEPS.length <= 2 * most;
                labels.add(labelled ? label(value, value) : "");
            }
        }
        return new Ticks(values, labels);
    }

    /// As many decimals as the step needs; `12k` for thousands.
    static String label(double value, double step) {
        double size = Math.abs(value);
        if (size >= MILLION) {
            return decimals(value / MILLION, step / MILLION) + "M";
        }
        if (size >= TEN_THOUSAND) {
            return decimals(value / THOUSAND, step / THOUSAND) + "k";
        }
        return decimals(value, step);
    }

    private static String decimals(double value, double step) {
        int decimals = 0;
        double scaled = step;
        while (decimals < MOST_DECIMALS && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * scaled) {
            decimals++;
            scaled *= 10;
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.replaceFirst("^-(0(\\.0*)?)$", "$1");
    }
}
