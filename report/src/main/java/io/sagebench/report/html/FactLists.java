package io.sagebench.report.html;

import io.sagebench.report.html.Page.Fact;
import io.sagebench.report.html.Page.FactList;
import io.sagebench.report.view.Facts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How it was measured, and what the terms mean: what the results say of themselves, by the names they use.
///
/// @param root all of the results
record FactLists(Facts root) {
    List<FactList> all() {
        var lists = new ArrayList<FactList>();
        add(lists, "Configuration", root.at("config").isPresent() ? root.at("config") : root.at("parameters"));
        add(lists, "Target", root.at("target"));
        add(lists, "Run", root.at("run"));
        add(lists, "Program", root.at("tool"));
        List<String> unavailable = root.texts("unavailable");
        if (!unavailable.isEmpty()) {
            lists.add(new FactList("Not available", List.of(new Fact(unavailable.size() + " figures could not be measured", String.join(", ", unavailable)))));
        }
        return lists;
    }

    FactList words() {
        var facts = new ArrayList<Fact>();
        fill(facts, "", root.at("definitions").json());
        return new FactList("Definitions", facts);
    }

    private static void add(List<FactList> lists, String title, Facts from) {
        var facts = new ArrayList<Fact>();
        fill(facts, "", from.json());
        if (!facts.isEmpty()) {
            lists.add(new FactList(title, facts));
        }
    }

    private static void fill(List<Fact> facts, String prefix, JsonNode from) {
        from.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String name = prefix + entry.getKey();
            if (value.isObject()) {
                fill(facts, name + ".", value);
            } else if (!value.isNull() && !name.equals("command")) {
                facts.add(new Fact(name, text(value)));
            }
        });
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            var parts = new ArrayList<String>();
            value.forEach(part -> parts.add(text(part)));
            return String.join(", ", parts);
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
