package io.sagebench.report.visual;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A form in which people look at results.
public enum Form {
    /// Pictures.
    CHARTS("charts"),
    /// One page that needs nothing else.
    HTML("html"),
    /// A text that shows the pictures.
    MARKDOWN("markdown");

    private final String option;

    Form(String option) {
        this.option = option;
    }

    /// What an option names: `charts`, `html`, `markdown` or `md`, and `all`.
    public static Optional<Set<Form>> named(String name) {
        return switch (name) {
            case "all" -> Optional.of(EnumSet.allOf(Form.class));
            case "md" -> Optional.of(EnumSet.of(MARKDOWN));
            default -> Arrays.stream(values()).filter(form -> form.option.equals(name)).findFirst().map(EnumSet::of);
        };
    }
}
