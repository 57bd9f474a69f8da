package io.sagebench.report.results;

import io.sagebench.metrics.Measured;
import io.sagebench.random.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A report of layout "2.0" as it lies on the disk: a view over its JSON, and over the requests in it or in the records file beside it.
public final class ResultsFile {
    private static final String LAYOUT = "2.0";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path path;
    private final ObjectNode tree;

    private ResultsFile(Path path, ObjectNode tree) {
        this.path = path;
        this.tree = tree;
    }

    /// Why a file cannot be used, in words for whoever gave it.
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Unusable(String reason) {
            super(reason);
            this.reason = reason;
        }

        /// Why.
        public String reason() {
            return reason;
        }
    }

    /// Says that a file cannot be used.
    public static Unusable unusable(String message) {
        return new Unusable(message);
    }

    /// Reads a report.
    ///
    /// @throws Unusable when it is not there, not JSON, or not a report of ours
    public static ResultsFile read(Path path) throws Unusable {
        JsonNode root;
        try (var in = Files.newInputStream(path)) {
            root = MAPPER.readTree(in);
        } catch (NoSuchFileException _) {
            throw new Unusable(path + ": there is no such file");
        } catch (IOException broken) {
            throw new Unusable(path + ": cannot be read: " + broken.getMessage());
        } catch (JacksonException broken) {
            throw new Unusable(path + ": is not JSON: " + broken.getOriginalMessage()
                    + (broken.getLocation() == null ? "" : " (line " + broken.getLocation().getLineNr() + ")"));
        }
        if (!(root instanceof ObjectNode tree) || !(tree.get("policy_results") instanceof ObjectNode)) {
            throw new Unusable(path + ": is no report of ours: 'policy_results' is missing; give the report_*.json that run or compare wrote");
        }
        String version = tree.path("version").asString("");
        if (!version.equals(LAYOUT)) {
            throw new Unusable(path + ": has layout '" + version + "', but '" + LAYOUT
                    + "' is needed: the requests of older files say too little");
        }
        return new ResultsFile(path, tree);
    }

    /// Where it lies.
    public Path path() {
        return path;
    }

    /// All of it.
    public ObjectNode tree() {
        return tree;
    }

    /// The policies that were measured, in their order.
    public List<String> policies() {
        var names = new ArrayList<String>();
        tree.get("policy_results").properties().forEach(entry -> {
            if (entry.getValue().has("metrics")) {
                names.add(entry.getKey());
            }
        });
        return names;
    }

    /// What was measured of a policy.
    public JsonNode policy(String name) {
        return tree.get("policy_results").path(name);
    }

    /// Whether prompts and texts to embed are shown apart.
    public boolean hybrid() {
        return tree.path("benchmark_type").asString("").equals("hybrid");
    }

    /// Takes requests one by one.
    @FunctionalInterface
    public interface Taker {
        /// Takes one.
        void take(StoredRequest request);
    }

    /// Hands out the requests of a policy, window by window, in the order in which they ended.
    ///
    /// @throws Unusable when the records file is not there, or has a line that is none of ours
    public void requests(String policy, Taker taker) throws Unusable {
        JsonNode raw = policy(policy).path("raw_results");
        if (raw.isArray()) {
            int number = 0;
            for (JsonNode request : raw) {
                number++;
                taker.take(stored(request, path + ", request " + number + " of " + policy));
            }
            return;
        }
        String name = raw.path("records_file").asString("");
        if (name.isEmpty()) {
            throw new Unusable(path + ": has no requests of " + policy);
        }
        Path records = path.resolveSibling(name).normalize();
        if (!Path.of(name).getFileName().toString().equals(name)) {
            throw new Unusable(path + ": the records file must lie beside it, but is '" + name + "'");
        }
        lines(records, policy, taker);
    }

    private static void lines(Path records, String policy, Taker taker) throws Unusable {
        String wanted = "\"policy\":\"" + policy + "\"";
        int number = 0;
        try (BufferedReader reader = Files.newBufferedReader(records, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.contains(wanted)) { // cheap, and what else contains it is read and left out
                    JsonNode request = MAPPER.readTree(line);
                    if (request.path("policy").asString("").equals(policy)) {
                        taker.take(stored(request, records + ", line " + number));
                    }
                }
            }
        } catch (NoSuchFileException _) {
            throw new Unusable(records + ": there is no such file; the report's requests are in it");
        } catch (MalformedInputException _) {
            throw new Unusable(records + ": is not UTF-8");
        } catch (IOException broken) {
            throw new Unusable(records + ": cannot be read: " + broken.getMessage());
        } catch (JacksonException broken) {
            throw new Unusable(records + ", line " + number + ": is not JSON: " + broken.getOriginalMessage());
        }
    }

    /// The requests of a policy, ready to be compared.
    ///
    /// @param measured absent without requests
    /// @param plan     a hash of what was asked when, the same for the same plan whatever the policy did
    public record Compared(Optional<Measured> measured, long plan) {}

    /// Reads the requests of a policy for a comparison.
    public Compared compared(String policy) throws Unusable {
        var collector = new Measured.Collector();
        long[] repeatAndPlan = {1, 0};
        requests(policy, request -> {
            if (request.repeat() != repeatAndPlan[0]) {
                collector.endWindow();
                repeatAndPlan[0] = request.repeat();
            }
            collector.add(request.observation(), request.endedAtNanos());
            long what = Mix.of(Mix.of(request.type()), Mix.of(request.promptAsked() * 1_000_003L + request.outputAsked()));
            long when = Mix.of(request.repeat() * 1_000_000_007L + request.index(), Math.round(request.intended() * 1e3));
            repeatAndPlan[1] += Mix.of(what, when);
        });
        return new Compared(collector.measured(), repeatAndPlan[1]);
    }

    private static StoredRequest stored(JsonNode json, String where) throws Unusable {
        JsonNode intended = json.path("intended_ms");
        JsonNode ended = json.path("ended_ms");
        JsonNode index = json.path("metadata").path("index");
        if (!intended.isNumber() || !ended.isNumber() || !index.isIntegralNumber()) {
            throw new Unusable(where + ": is no request of ours: 'intended_ms', 'ended_ms' or 'metadata.index' is missing");
        }
        String type = json.path("request_type").asString("");
        boolean success = json.path("success").asBoolean(false);
        var content = new ArrayList<Double>();
        OptionalDouble first = number(json, "first_token_ms");
        if (first.isPresent()) {
            double at = first.getAsDouble();
            content.add(at);
            for (JsonNode gap : json.path("inter_token_latencies")) {
                at += gap.asDouble(0);
                content.add(at);
            }
        }
        var tokens = new ArrayList<Integer>();
        json.path("event_tokens").forEach(count -> tokens.add(count.asInt(0)));
        OptionalDouble sent = number(json, "sent_ms");
        OptionalDouble sendTime = number(json, "send_time");
        return new StoredRequest(
                json.path("request_id").asString(""),
                json.path("policy").asString(""),
                json.path("repeat").asInt(1),
                index.asLong(),
                type,
                json.path(type.equals("embedding") ? "embedding_model" : "model_name").asString(""),
                success,
                success ? Optional.empty() : Optional.of(json.path("error").asString("unknown")),
                json.path("met_slo").asBoolean(false),
                sent.isPresent() && sendTime.isPresent() ? sendTime.getAsDouble() - sent.getAsDouble() / 1e3 : 0,
                intended.asDouble(),
                sent,
                number(json, "first_chunk_ms"),
                content,
                tokens.size() == content.size() ? tokens : List.of(),
                number(json, "last_chunk_ms"),
                number(json, "last_content_ms"),
                ended.asDouble(),
                json.path("prompt_tokens_asked").asInt(0),
                json.path("prompt_token_count").asInt(json.path("prompt_tokens_asked").asInt(0)),
                json.path("cached_prompt_token_count").isIntegralNumber()
                        ? OptionalInt.of(json.path("cached_prompt_token_count").asInt())
                        : OptionalInt.empty(),
                json.path("output_token_count").asInt(0),
                json.path("output_token_source").asString("").equals("usage"),
                json.path("output_tokens_asked").asInt(0),
                json.path("batch_size").asInt(0),
                number(json, "slo_deadline_ms"));
    }

    private static OptionalDouble number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
