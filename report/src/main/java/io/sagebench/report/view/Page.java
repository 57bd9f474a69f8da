package io.sagebench.report.view;

import java.util.List;

/// Takes words and tables in order, and sets them in its own form. Whatever texts hold, they are shown and mean nothing.
public interface Page {
    /// A heading.
    ///
    /// @param level from 1, the title
    void heading(int level, String text);

    /// A paragraph.
    void paragraph(String text);

    /// A paragraph that is to be read first.
    void strong(String text);

    /// Short texts, each for itself.
    void list(List<String> texts);

    /// A table with as many cells in each row as there are titles.
    void table(List<String> header, List<List<String>> rows);

    /// What is typed or read by a machine, as it is.
    void code(String text);

    /// A picture that lies beside the page; left out where none can be shown.
    ///
    /// @param title what it shows
    /// @param path  from the folder of the page, parted by `/`
    void picture(String title, String path);
}
