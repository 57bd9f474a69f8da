package io.sagebench.report.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the file beside a report that has the samples of what was watched, and keeps those of accelerators in the first repeat of each policy.
final class DevicesReader {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final JsonMapper mapper;
    private final Map<String, Map<String, Device>> byPolicy = new LinkedHashMap<>();

    DevicesReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Reads it as far as it goes.
    ///
    /// @param gaps gets what is missing
    void read(Path report, String name, List<String> gaps) {
        if (!String.valueOf(Path.of(name).getFileName()).equals(name)) {
            gaps.add("the file with the samples of what was watched must lie beside the report, but is '" + name + "'");
            return;
        }
        Path file = report.resolveSibling(name);
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    take(mapper.readTree(line));
                }
            }
        } catch (NoSuchFileException _) {
            gaps.add("the samples of what was watched are missing: there is no file " + file);
        } catch (IOException broken) {
            gaps.add("the samples of what was watched are shown until line " + number + " of " + file + ", which cannot be read: " + broken.getMessage());
        } catch (JacksonException broken) {
            gaps.add("the samples of what was watched are shown until line " + number + " of " + file + ", which is damaged: "
                    + broken.getOriginalMessage());
        }
    }

    private void take(JsonNode line) {
        if (!line.path("kind").asString("").equals("gpu") || line.path("repeat").asInt(1) != 1) {
            return;
        }
        String device = line.path("device").asString("GPU");
        String key = line.path("host").asString("") + "/" + line.path("uuid").asString("") + "/" + device + "/" + line.path("source").asString("");
        byPolicy.computeIfAbsent(line.path("policy").asString(""), _ -> new LinkedHashMap<>())
                .computeIfAbsent(key, _ -> new Device(device, line.path("source").asString(""), line.path("synthetic").asBoolean(false)))
                .take(line);
    }

    /// The devices that were watched while a policy was measured; none when none were.
    List<DeviceSamples> of(String policy) {
        return byPolicy.getOrDefault(policy, Map.of()).values().stream().map(Device::samples).toList();
    }

    private static final class Device {
        private final String name;
        private final String source;
        private final boolean synthetic;
        private final List<Double> atSeconds = new ArrayList<>();
        private final List<Double> utilization = new ArrayList<>();
        private final List<Double> memoryUsed = new ArrayList<>();
        private final List<Double> memoryTotal = new ArrayList<>();
        private final List<Double> power = new ArrayList<>();

        Device(String name, String source, boolean synthetic) {
            this.name = name;
            this.source = source;
            this.synthetic = synthetic;
        }

        void take(JsonNode line) {
            atSeconds.add(number(line, "at_ms") / MILLIS_PER_SECOND);
            utilization.add(number(line, "utilization_percent"));
            memoryUsed.add(number(line, "memory_used_mb"));
            memoryTotal.add(number(line, "memory_total_mb"));
            power.add(number(line, "power_watts"));
        }

        private static double number(JsonNode line, String field) {
            return line.path(field).isNumber() ? line.path(field).doubleValue() : Double.NaN;
        }

        DeviceSamples samples() {
            return new DeviceSamples(
                    name,
                    source,
                    synthetic,
                    Values.of(atSeconds),
                    Values.of(utilization),
                    Values.of(memoryUsed),
                    Values.of(memoryTotal),
                    Values.of(power));
        }
    }
}
