package io.sagebench.benchmark.config;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.Serving.EngineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads simulated engines as people write them: `3xllama3-8b-a100`, or `market-a100` for one.
public final class EngineGroups {
    private static final Pattern GROUP = Pattern.compile("(?:(\\d{1,5})x)?(\\S+)");
    private static final int MOST = 10_000;

    private EngineGroups() {}

    /// Reads all that can be read.
    ///
    /// @param texts    one for each group
    /// @param origin   where they were given
    /// @param problems gets what is wrong with the others, and with profiles that do not exist
    public static List<EngineGroup> read(List<String> texts, Origin origin, List<Problem> problems) {
        var groups = new ArrayList<EngineGroup>();
        for (String text : texts) {
            Matcher parts = GROUP.matcher(text.strip());
            int count = !parts.matches() ? 0 : parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
            if (count < 1 || count > MOST) {
                problems.add(origin.problem(
                        "must be of the form 3xPROFILE,1xPROFILE with 1 to " + MOST + " of each, but has '" + text + "'"));
            } else {
                String profile = parts.group(2);
                if (!DefaultFleet.isOfAnotherKind(profile)) {
                    problems.addAll(ConfigDraft.problemsWithProfile(profile, origin));
                }
                groups.add(new EngineGroup(count, profile));
            }
        }
        return groups;
    }
}
