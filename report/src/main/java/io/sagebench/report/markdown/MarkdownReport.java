package io.sagebench.report.markdown;

import io.sagebench.report.engine.EngineMarkdown;
import io.sagebench.report.view.Digest;
import io.sagebench.report.view.Digest.Picture;
import io.sagebench.report.view.ResultsView;
import java.util.List;

/// A results file as Markdown, for a pull request.
public final class MarkdownReport {
    private MarkdownReport() {}

    /// The text, each line ended; for an engine run, with every figure of each workload after it.
    ///
    /// @param pictures what lies beside it; empty for none
    public static String text(ResultsView view, List<Picture> pictures) {
        var markdown = new MarkdownText();
        Digest.write(view, pictures, markdown);
        return markdown.done() + view.engine().map(summary -> "\n" + EngineMarkdown.text(summary)).orElse("");
    }
}
