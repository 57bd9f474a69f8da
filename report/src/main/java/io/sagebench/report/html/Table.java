package io.sagebench.report.html;

import io.sagebench.report.html.Page.Chip;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A table whose columns can be sorted.
///
/// @param id      what links call it
/// @param title   above it
/// @param caption what it shows and how to read it
/// @param columns from left to right; the first names the row
/// @param rows    from top to bottom, each with a cell a column
/// @param folded  whether few look at it
record Table(String id, String title, String caption, List<Column> columns, List<Row> rows, boolean folded) {
    /// One that is seen at once.
    Table(String id, String title, String caption, List<Column> columns, List<Row> rows) {
        this(id, title, caption, columns, rows, false);
    }

    /// @param title as short as can be
    /// @param hint  what it means
    record Column(String title, String hint) {}

    /// @param policy whose row it is, absent when it is nobody's
    /// @param cells  one a column
    record Row(Optional<Chip> policy, List<Cell> cells) {}

    /// @param text   as shown
    /// @param sortBy by what it is sorted, absent when unknown or a text
    /// @param small  below it, such as a confidence interval; empty for none
    /// @param mark   how it compares with the others of its column
    /// @param why    what the mark rests on; empty without one
    record Cell(String text, OptionalDouble sortBy, String small, Mark mark, String why) {
        private static final String UNKNOWN = "–";

        static Cell text(String text) {
            return new Cell(text, OptionalDouble.empty(), "", Mark.NONE, "");
        }

        static Cell unknown() {
            return text(UNKNOWN);
        }

        static Cell number(double value, String text) {
            return new Cell(text, OptionalDouble.of(value), "", Mark.NONE, "");
        }

        Cell marked(Mark with, String because) {
            return new Cell(text, sortBy, small, with, because);
        }

        Cell with(String below) {
            return new Cell(text, sortBy, below, mark, why);
        }

        boolean isUnknown() {
            return text.equals(UNKNOWN);
        }

        boolean isNumber() {
            return sortBy.isPresent();
        }
    }

    /// How a figure compares with the others of its column.
    enum Mark {
        /// Nothing to say.
        NONE(""),
        /// Better than all others by more than chance explains.
        BEST("best"),
        /// The best, though others may be as good.
        LEADING("best"),
        /// As good as the best, as far as can be told.
        TIED("tied"),
        /// The worst of at least three.
        WORST("worst");

        private final String word;

        Mark(String word) {
            this.word = word;
        }

        /// What a reader sees beside the figure.
        String word() {
            return word;
        }

        /// What style sheets call it.
        String css() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
