package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads a file of keys and values, YAML or JSON by its suffix, with the line of each, and finds keys that stand twice.
final class GivenFile {
    private final String name;
    private final int linesBefore;
    private final Kind kind;
    private final List<Problem> problems;
    private Optional<String> listKey = Optional.empty();

    private GivenFile(String name, int linesBefore, Kind kind, List<Problem> problems) {
        this.name = name;
        this.linesBefore = linesBefore;
        this.kind = kind;
        this.problems = problems;
    }

    /// What sort of file it is, for messages.
    ///
    /// @param what    for example `a configuration file`
    /// @param content for example `settings such as num_requests: 100`
    /// @param help    where an example is to be had
    record Kind(String what, String content, String help) {}

    /// What the file gives, if it can be read; mistakes are added to `problems`.
    static Optional<Fields> read(Path path, Kind kind, List<Problem> problems) {
        return new GivenFile(path.toString(), 0, kind, problems).read(path);
    }

    private Optional<Fields> read(Path path) {
        Optional<TokenStreamFactory> format = format(path);
        if (format.isEmpty()) {
            problems.add(new Problem(name, kind.what + " must end in .yaml, .yml or .json"));
            return Optional.empty();
        }
        try {
            return read(format.get(), Files.readString(path));
        } catch (NoSuchFileException _) {
            problems.add(new Problem(name, "there is no such file; " + kind.help));
        } catch (CharacterCodingException _) {
            problems.add(new Problem(name, "is not text in UTF-8"));
        } catch (IOException broken) {
            problems.add(new Problem(name, "cannot be read: " + broken.getMessage()));
        } catch (JacksonException broken) {
            problems.add(SyntaxMistake.of(broken).in(name));
        }
        return Optional.empty();
    }

    /// The same of a file that may also be a list, which then stands under `key`.
    static Optional<Fields> readOrList(Path path, Kind kind, String key, List<Problem> problems) {
        var file = new GivenFile(path.toString(), 0, kind, problems);
        file.listKey = Optional.of(key);
        return file.read(path);
    }

    /// What a JSON text gives, if it can be read; mistakes are added to `problems`.
    ///
    /// @param name of the text in messages
    static Optional<Fields> readJson(String name, String text, Kind kind, List<Problem> problems) {
        var file = new GivenFile(name, 0, kind, problems);
        try {
            return file.read(new JsonFactory(), text);
        } catch (JacksonException broken) {
            problems.add(SyntaxMistake.of(broken).in(file.name));
            return Optional.empty();
        }
    }

    /// What one line of a JSONL file gives, if it can be read; mistakes are added to `problems`.
    ///
    /// @param name of the file
    /// @param line from 1
    static Optional<Fields> readLine(String name, int line, String text, Kind kind, List<Problem> problems) {
        var file = new GivenFile(name, line - 1, kind, problems);
        try {
            return file.read(new JsonFactory(), text);
        } catch (UnexpectedEndOfInputException _) {
            problems.add(new Problem(name + ", line " + line, "is cut off"));
        } catch (JacksonException broken) {
            problems.add(new SyntaxMistake(line, SyntaxMistake.of(broken).what()).in(name));
        }
        return Optional.empty();
    }

    private static Optional<TokenStreamFactory> format(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(new JsonFactory());
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? Optional.of(new YAMLFactory()) : Optional.empty();
    }

    private Optional<Fields> read(TokenStreamFactory format, String text) {
        try (JsonParser parser = format.createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY && listKey.isPresent()) {
                Origin at = lineOf(parser, listKey.get());
                Optional<Given> items = value(parser, at);
                return Optional.of(new Fields(at, items.map(list -> Map.of(listKey.get(), list)).orElse(Map.of())));
            }
            if (first != JsonToken.START_OBJECT) {
                problems.add(new Problem(linesBefore == 0 ? name : name + ", line " + (linesBefore + 1), "expected " + kind.content + ", but found " + (first == null ? "nothing" : "no keys")));
                return Optional.empty();
            }
            Fields all = fields(parser, lineOf(parser, ""));
            if (parser.nextToken() != null) {
                problems.add(lineOf(parser, "").sentence("has a second document; only one is read"));
            }
            return Optional.of(all);
        }
    }

    /// The map that begins at the parser's token.
    private Fields fields(JsonParser parser, Origin origin) {
        var fields = new LinkedHashMap<String, Given>();
        var seen = new HashMap<String, Origin>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Origin at = lineOf(parser, key);
            parser.nextToken();
            Optional<Given> value = value(parser, at);
            Origin earlier = seen.putIfAbsent(key, at);
            if (earlier != null) {
                problems.add(at.problem("stands here a second time" + afterLine(earlier, at)));
            }
            value.ifPresent(given -> fields.put(key, given));
        }
        return new Fields(origin, fields);
    }

    /// The value at the parser's token; nothing for null, which leaves the default.
    private Optional<Given> value(JsonParser parser, Origin at) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(at.problem("is *" + parser.getString() + ", but anchors are not followed here; write the value out"));
            return Optional.empty();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> Optional.of(fields(parser, at));
            case START_ARRAY -> {
                var items = new ArrayList<Given>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, lineOf(parser, keyOf(at))).ifPresent(items::add);
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
        return new Origin.FileLine(name, linesBefore + parser.currentTokenLocation().getLineNr(), key);
    }

    private static String afterLine(Origin earlier, Origin at) {
        return earlier instanceof Origin.FileLine(String _, int line, String _) && !earlier.equals(at) ? ", after line " + line : "";
    }

    private static String keyOf(Origin origin) {
        return origin instanceof Origin.FileLine(String _, int _, String key) ? key : "";
    }
}
