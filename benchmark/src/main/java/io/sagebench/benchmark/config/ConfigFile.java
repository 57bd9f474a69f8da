package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads a configuration file, YAML or JSON by its suffix, and finds keys that do not exist or stand twice. Whether the values make sense
/// is not judged here.
final class ConfigFile {
    private final String name;
    private final List<Problem> problems;
    private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);

    private ConfigFile(String name, List<Problem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /// What the file gives; mistakes are added to `problems`.
    static Map<Setting, Given> read(Path path, List<Problem> problems) {
        var file = new ConfigFile(path.toString(), problems);
        Optional<TokenStreamFactory> format = format(path);
        if (format.isEmpty()) {
            problems.add(new Problem(file.name, "a configuration file must end in .yaml, .yml or .json"));
            return file.settings;
        }
        try {
            file.read(format.get(), Files.readString(path));
        } catch (NoSuchFileException _) {
            problems.add(new Problem(file.name, "there is no such file; 'sage-bench config' prints an example"));
        } catch (IOException broken) {
            problems.add(new Problem(file.name, "cannot be read as text in UTF-8: " + broken.getMessage()));
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            String line = at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr();
            problems.add(new Problem(file.name + line, "not valid: " + firstLine(broken.getOriginalMessage())));
        }
        return file.settings;
    }

    private static Optional<TokenStreamFactory> format(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(new JsonFactory());
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Optional.of(new YAMLFactory()) : Optional.empty();
    }

    private void read(TokenStreamFactory format, String text) {
        try (JsonParser parser = format.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                problems.add(new Problem(name, "expected settings such as num_requests: 100, but found "
                        + (first == null ? "nothing" : "no keys")));
                return;
            }
            Fields all = fields(parser, lineOf(parser, ""));
            for (Map.Entry<String, Given> entry : all.fields().entrySet()) {
                if (entry.getKey().equals(Setting.SLO_GROUP)) {
                    deadlines(entry.getValue());
                } else {
                    take(entry.getKey(), entry.getValue(), false);
                }
            }
            if (parser.nextToken() != null) {
                problems.add(lineOf(parser, "").problem("has a second document; only one is read"));
            }
        }
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
            if (setting.isInFiles() && setting.isDeadline() == inSloGroup) {
                known.put(setting.key(), setting);
            }
        }
        Setting setting = known.get(key);
        if (setting != null) {
            settings.put(setting, value);
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

    /// The map that begins at the parser's token.
    private Fields fields(JsonParser parser, Origin origin) {
        var fields = new LinkedHashMap<String, Given>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Origin at = lineOf(parser, key);
            parser.nextToken();
            Optional<Given> value = value(parser, at);
            if (fields.containsKey(key)) {
                problems.add(at.problem("stands here a second time"));
            }
            value.ifPresent(given -> fields.put(key, given));
        }
        return new Fields(origin, fields);
    }

    /// The value at the parser's token; nothing for null, which leaves the default.
    private Optional<Given> value(JsonParser parser, Origin at) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> Optional.of(fields(parser, at));
            case START_ARRAY -> {
                var items = new ArrayList<Given>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, at).ifPresent(items::add);
                }
                yield Optional.of(new Items(at, items));
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(new Scalar(at, Form.NUMBER, parser.getString()));
            case VALUE_TRUE, VALUE_FALSE -> Optional.of(new Scalar(at, Form.BOOLEAN, parser.getString()));
            case VALUE_NULL -> Optional.empty();
            default -> Optional.of(new Scalar(at, Form.TEXT, parser.getString()));
        };
    }

    private Origin lineOf(JsonParser parser, String key) {
        return new Origin.FileLine(name, parser.currentTokenLocation().getLineNr(), key);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
