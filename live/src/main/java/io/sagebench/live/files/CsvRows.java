package io.sagebench.live.files;

import io.sagebench.live.files.RowFormat.Part;
import io.sagebench.live.files.RowFormat.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// CSV with a header: a column with the prompt or text, and perhaps `id`, `system_prompt` and `expected_tokens`. Other columns are not used.
final class CsvRows implements RowFormat {
    private static final List<String> PROMPTS = List.of("prompt", "text", "content", "input");
    private static final List<String> ANSWERS = List.of("output_tokens", "expected_tokens");

    private final List<String> header;
    private final int text;

    private CsvRows(List<String> header, int text) {
        this.header = header;
        this.text = text;
    }

    /// The format that a header line says; absent when no column has prompts or texts.
    static Optional<CsvRows> of(String headerLine) {
        Optional<List<String>> header = CsvCells.of(headerLine)
                .map(cells -> cells.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList());
        return header.flatMap(names -> PROMPTS.stream().filter(names::contains).findFirst().map(name -> new CsvRows(names, names.indexOf(name))));
    }

    @Override
    public String description() {
        return "CSV with a column '" + header.get(text) + "'";
    }

    @Override
    public Row read(String row, Consumer<String> mistake) {
        Optional<List<String>> cells = CsvCells.of(row);
        if (cells.isEmpty()) {
            mistake.accept("has a quote that is not closed, or within a cell without quotes: " + Mistakes.quoted(row));
            return Row.NONE;
        }
        if (cells.get().size() != header.size()) {
            mistake.accept("must have " + header.size() + " cells, as the header has, but has " + cells.get().size());
            return Row.NONE;
        }
        String prompt = cells.get().get(text);
        if (prompt.isBlank()) {
            mistake.accept(header.get(text) + " must be a text, but is empty");
            return Row.NONE;
        }
        var part = new Part(prompt, cell(cells.get(), "system_prompt"), answer(cells.get(), mistake));
        return new Row(cell(cells.get(), "id"), List.of(part), List.of());
    }

    private Optional<String> cell(List<String> cells, String name) {
        int column = header.indexOf(name);
        return column < 0 || cells.get(column).isBlank() ? Optional.empty() : Optional.of(cells.get(column));
    }

    private OptionalInt answer(List<String> cells, Consumer<String> mistake) {
        for (String name : ANSWERS) {
            Optional<String> cell = cell(cells, name);
            if (cell.isPresent()) {
                if (cell.get().strip().matches("[1-9]\\d{0,5}")) {
                    return OptionalInt.of(Integer.parseInt(cell.get().strip()));
                }
                mistake.accept(name + " must be a whole number from 1 to 999999, but is " + Mistakes.quoted(cell.get()));
            }
        }
        return OptionalInt.empty();
    }
}
