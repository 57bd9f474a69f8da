package io.sagebench.report.definitions;

import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.results.StoredRequest;

/// What a tool would say of one policy.
public final class ToolFigures {
    private final ToolDefinition tool;
    private final Figures figures = new Figures();
    private long completed;
    private long failed;
    private long inputTokens;
    private long outputTokens;

    /// @param tool whose definitions count
    public ToolFigures(ToolDefinition tool) {
        this.tool = tool;
    }

    /// Of all requests of a policy in a file. With repeats, the windows of all are taken together.
    public static ToolFigures of(ResultsFile file, String policy, ToolDefinition tool) throws Unusable {
        var figures = new ToolFigures(tool);
        file.requests(policy, figures::take);
        return figures;
    }

    /// Takes one request; one that did not complete is only counted, as all these tools do.
    public void take(StoredRequest request) {
        if (!request.success()) {
            failed++;
            return;
        }
        completed++;
        inputTokens += request.promptTokens();
        outputTokens += tool.outputTokens(request);
        tool.take(request, figures);
    }

    /// Whose figures these are.
    public ToolDefinition tool() {
        return tool;
    }

    /// The distributions.
    public Figures figures() {
        return figures;
    }

    /// Completed requests.
    public long completed() {
        return completed;
    }

    /// Requests that did not complete.
    public long failed() {
        return failed;
    }

    /// Prompt tokens of completed requests.
    public long inputTokens() {
        return inputTokens;
    }

    /// Output tokens of completed requests, as the tool counts them.
    public long outputTokens() {
        return outputTokens;
    }

    /// Completed requests for each second of the tool's window.
    public double requestsPerSecond() {
        return completed / figures.windowSeconds();
    }

    /// Output tokens for each second of the tool's window.
    public double outputTokensPerSecond() {
        return outputTokens / figures.windowSeconds();
    }
}
