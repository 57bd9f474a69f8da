package io.sagebench.benchmark.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/// Reads an option that gives several numbers: `10,50,100`.
final class NumberList {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})([eE][+-]?\\d{1,2})?");

    private final String option;
    private final List<Problem> problems;

    /// @param problems gets what is wrong
    NumberList(String option, List<Problem> problems) {
        this.option = option;
        this.problems = problems;
    }

    /// All that can be read, in the order given.
    List<Double> read(String text, String expected, DoublePredicate condition) {
        var numbers = new ArrayList<Double>();
        for (String item : text.split(",", -1)) {
            String word = item.strip();
            boolean isNumber = NUMBER.matcher(word).matches();
            if (word.isEmpty()) {
                problem("has an empty place in '" + text + "'; it wants numbers such as 10,50,100");
            } else if (!isNumber || !condition.test(Double.parseDouble(word))) {
                problem("must be " + (isNumber ? "" : "a number ") + expected + ", but is " + (isNumber ? word : "'" + word + "'"));
            } else if (numbers.contains(Double.parseDouble(word))) {
                problem("must name each only once, but names " + word + " twice");
            } else {
                numbers.add(Double.parseDouble(word));
            }
        }
        return numbers;
    }

    private void problem(String message) {
        var problem = new Problem(option, message);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
