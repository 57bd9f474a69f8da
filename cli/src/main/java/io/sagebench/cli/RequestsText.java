package io.sagebench.cli;

import io.sagebench.report.terminal.Columns;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The first requests of a plan as a table.
final class RequestsText {
    private static final int FIRST = 10;
    private static final int SHOWN = 24;

    private RequestsText() {}

    static List<String> lines(Plan plan, int width) {
        var rows = new ArrayList<List<String>>();
        var requests = plan.open(0);
        while (requests.hasNext() && rows.size() < FIRST) {
            rows.add(row(requests.next()));
        }
        return new Columns(List.of("At (s)", "Type", "Model", "Priority", "In", "Out", "Begins"), rows).lines(width);
    }

    private static List<String> row(PlannedRequest request) {
        String text = request.type().isGeneration() ? request.prompt() : request.texts().getFirst();
        String line = text.replaceAll("\\s+", " ");
        return List.of(
                String.format(Locale.ROOT, "%.3f", request.intendedAtNanos() / 1e9),
                request.type().wireName(),
                request.model(),
                request.priority().name(),
                Integer.toString(request.promptTokens()),
                Integer.toString(request.outputTokens()),
                line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...");
    }
}
