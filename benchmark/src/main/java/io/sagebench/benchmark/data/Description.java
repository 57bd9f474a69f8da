package io.sagebench.benchmark.data;

import java.util.List;

/// What data are like.
///
/// @param sentences each a line
/// @param titles    of the table of lengths
/// @param lengths   its rows
public record Description(List<String> sentences, List<String> titles, List<List<String>> lengths) {
    public Description {
        sentences = List.copyOf(sentences);
        titles = List.copyOf(titles);
        lengths = lengths.stream().map(List::copyOf).toList();
    }
}
