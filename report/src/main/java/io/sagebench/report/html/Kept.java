package io.sagebench.report.html;

import io.sagebench.report.html.Page.Card;
import io.sagebench.report.view.Verdict;
import io.sagebench.report.view.Verdict.Caution;
import java.util.regex.Pattern;

/// Sentences whose numbers keep their units beside them at the end of a line.
final class Kept {
    private static final Pattern APART = Pattern.compile("(?<=\\d) (?=(?:%|ms|s|tok/s|requests/s)(?![\\w/]))");

    private Kept() {}

    static Verdict of(Verdict verdict) {
        return new Verdict(
                together(verdict.sentence()),
                verdict.why().stream().map(Kept::together).toList(),
                verdict.cautions().stream().map(caution -> new Caution(caution.serious(), together(caution.text()))).toList());
    }

    static Card of(Card card) {
        return new Card(card.label(), together(card.value()), together(card.interval()), card.who(), together(card.note()));
    }

    private static String together(String text) {
        return APART.matcher(text).replaceAll("\u00A0");
    }
}
