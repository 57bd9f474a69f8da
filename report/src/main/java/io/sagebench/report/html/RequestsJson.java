package io.sagebench.report.html;

import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The slowest and the failed requests of a policy, each with all that is known of it. The names of what is known stand once, for they are the same
/// for most: `{"policy": name, "fields": [...], "slowest": [[...], ...], "failed": [[...], ...]}`, null where one does not say.
final class RequestsJson {
    /// Of either kind; more would make the page heavy, and the results have them all.
    static final int MOST = 12;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestsJson() {}

    static ObjectNode of(PolicyView policy) {
        List<Facts> slowest = first(policy.requests().slowest());
        List<Facts> failed = first(policy.requests().failed());
        Map<String, Integer> places = new LinkedHashMap<>();
        ArrayNode slow = rows(slowest, places);
        ArrayNode broken = rows(failed, places);
        ObjectNode json = NODES.objectNode().put("policy", policy.name());
        places.keySet().forEach(json.putArray("fields")::add);
        json.set("slowest", slow);
        json.set("failed", broken);
        return json;
    }

    static List<Facts> first(List<Facts> requests) {
        return requests.subList(0, Math.min(MOST, requests.size()));
    }

    private static ArrayNode rows(List<Facts> requests, Map<String, Integer> places) {
        ArrayNode rows = NODES.arrayNode();
        for (Facts request : requests) {
            var row = new ArrayList<JsonNode>();
            fill(row, "", request.json(), places);
            ArrayNode cells = rows.addArray();
            row.forEach(cells::add);
        }
        return rows;
    }

    private static void fill(List<JsonNode> row, String prefix, JsonNode from, Map<String, Integer> places) {
        from.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String name = prefix + entry.getKey();
            if (value.isObject()) {
                fill(row, name + ".", value, places);
            } else if (!value.isNull() && !value.isArray() && !name.equals("policy")) {
                int place = places.computeIfAbsent(name, _ -> places.size());
                while (row.size() <= place) {
                    row.add(NODES.nullNode());
                }
                row.set(place, value);
            }
        });
    }
}
