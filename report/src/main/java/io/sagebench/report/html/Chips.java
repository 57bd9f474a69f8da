package io.sagebench.report.html;

import io.sagebench.report.chart.Palette;
import io.sagebench.report.html.Page.Chip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policies of a page with their colours.
final class Chips {
    private final Map<String, Chip> chips = new LinkedHashMap<>();

    /// @param names    in their order
    /// @param ceilings those of them that are bounds
    Chips(List<String> names, List<String> ceilings) {
        var palette = new Palette(names);
        for (String name : names) {
            chips.put(name, new Chip(name, Palette.css(palette.light(name)), Palette.css(palette.dark(name)), ceilings.contains(name)));
        }
    }

    List<Chip> all() {
        return List.copyOf(chips.values());
    }

    Optional<Chip> of(String name) {
        return Optional.ofNullable(chips.get(name));
    }

    List<Chip> of(List<String> names) {
        return names.stream().flatMap(name -> of(name).stream()).toList();
    }
}
