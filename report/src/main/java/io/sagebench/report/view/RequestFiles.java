package io.sagebench.report.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the requests of all policies of a report: those in it, and those in the records file beside it, which is read once.
final class RequestFiles {
    static final String RAW = "raw_results";
    private static final String FILE = "records_file";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path report;
    private final int every;
    private final List<String> gaps;
    private final Map<String, RequestsReader> readers = new LinkedHashMap<>();

    /// @param every reads every second line of a records file when 2, and so on
    /// @param gaps  what is missing is added here
    RequestFiles(Path report, int every, List<String> gaps) {
        this.report = report;
        this.every = every;
        this.gaps = gaps;
    }

    Map<String, Requests> read(Facts results, List<String> policies) {
        var inFiles = new LinkedHashMap<String, Map<String, RequestsReader>>();
        for (String policy : policies) {
            var reader = new RequestsReader();
            readers.put(policy, reader);
            JsonNode raw = results.named(policy).json().path(RAW);
            if (raw.isArray()) {
                for (JsonNode request : raw) {
                    if (request instanceof ObjectNode object) {
                        reader.add(object);
                    }
                }
            } else if (raw.path(FILE).isString()) {
                inFiles.computeIfAbsent(raw.path(FILE).stringValue(), _ -> new LinkedHashMap<>()).put(policy, reader);
            } else {
                gaps.add("the requests of " + policy + " are not in the file");
            }
        }
        inFiles.forEach(this::records);
        var requests = new LinkedHashMap<String, Requests>();
        readers.forEach((policy, reader) -> {
            long total = (long) results.named(policy).number("metrics.request_counts.total").orElse(0);
            requests.put(policy, reader.requests(total, every));
        });
        return requests;
    }

    private void records(String name, Map<String, RequestsReader> wanted) {
        Path records = report.resolveSibling(name).normalize();
        String whose = "the requests of " + Say.list(List.copyOf(wanted.keySet()));
        if (!String.valueOf(Path.of(name).getFileName()).equals(name)) {
            gaps.add(whose + " are missing: the records file must lie beside the report, but is '" + name + "'");
            return;
        }
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(records, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (number++ % every == 0 && MAPPER.readTree(line) instanceof ObjectNode request) {
                    RequestsReader reader = wanted.get(request.path("policy").asString(""));
                    if (reader != null) {
                        reader.add(request);
                    }
                }
            }
        } catch (NoSuchFileException _) {
            gaps.add(whose + " are missing: there is no file " + records);
        } catch (MalformedInputException _) {
            gaps.add(whose + " are shown until line " + number + " of " + records + ", which is not UTF-8");
        } catch (IOException broken) {
            gaps.add(whose + " are missing: " + records + " cannot be read: " + broken.getMessage());
        } catch (JacksonException broken) {
            gaps.add(whose + " are shown until line " + number + " of " + records + ", which is damaged: " + broken.getOriginalMessage());
        }
    }
}
