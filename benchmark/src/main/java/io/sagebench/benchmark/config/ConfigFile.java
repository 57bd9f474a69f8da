package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a configuration file and finds keys that do not exist. Whether the values make sense is not judged here.
final class ConfigFile {
    private static final GivenFile.Kind KIND = new GivenFile.Kind(
            "a configuration file", "settings such as num_requests: 100", "'sage-bench config' prints an example");

    /// Another name of the same group.
    private static final String HYBRID_SLO_GROUP = "hybrid_slo_config";

    private final List<Problem> problems;
    private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);

    private ConfigFile(List<Problem> problems) {
        this.problems = problems;
    }

    /// What the file gives; mistakes are added to `problems`.
    static Map<Setting, Given> read(Path path, List<Problem> problems) {
        var file = new ConfigFile(problems);
        GivenFile.read(path, KIND, problems).ifPresent(file::takeAll);
        return file.settings;
    }

    private void takeAll(Fields all) {
        all.fields().forEach((key, value) -> {
            if (key.equals(Setting.SLO_GROUP) || key.equals(HYBRID_SLO_GROUP)) {
                deadlines(value);
            } else {
                take(key, value, false);
            }
        });
    }

    private void deadlines(Given group) {
        if (group instanceof Fields fields) {
            fields.fields().forEach((key, value) -> take(key, value, true));
        } else {
            problems.add(group.origin().problem(
                    "must be a group of keys such as high_priority_deadline_ms: 500, but is " + group.shown()));
        }
    }

    private void take(String key, Given value, boolean inSloGroup) {
        var known = new LinkedHashMap<String, Setting>();
        for (Setting setting : Setting.values()) {
            if (setting.isDeadline() == inSloGroup) {
                known.put(setting.key(), setting);
            }
        }
        Setting setting = inSloGroup ? known.get(key) : known.getOrDefault(key, Setting.aliases().get(key));
        if (setting != null) {
            if (settings.putIfAbsent(setting, value) != null) {
                problems.add(value.origin().sentence("'" + key + "' is given twice, by this name and by another; leave one of them out"));
            }
            return;
        }
        var names = new ArrayList<>(known.keySet());
        if (!inSloGroup) {
            names.add(Setting.SLO_GROUP);
        }
        String hint = DidYouMean.hint(names, key);
        String where = inSloGroup ? "unknown key '" + key + "' in " + Setting.SLO_GROUP : "unknown key '" + key + "'";
        problems.add(value.origin().sentence(where + (hint.isEmpty() ? "; 'sage-bench config' shows them all" : hint)));
    }
}
