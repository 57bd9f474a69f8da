package io.sagebench.report.html;

import io.sagebench.report.chart.NoChart;
import io.sagebench.report.view.Verdict;
import java.util.List;
import java.util.Optional;

/// What a page says, in the order in which it says it.
///
/// @param title    what was measured, in a few words
/// @param labels   what has to be seen at once, such as that all is simulated
/// @param measured what was asked for and of whom, in short
/// @param verdict  the answer
/// @param standing whether the figures can be relied on
/// @param cards    the key figures
/// @param chips    the policies, by which charts can be narrowed; empty when there are fewer than two
/// @param tables   from top to bottom
/// @param sections the charts, in groups
/// @param folded   tables that few look at, shown when they are opened
/// @param missing  the charts that these results cannot have
/// @param requests whose requests can be looked at one by one, in the order of the data that the page carries
/// @param facts    configuration, host and the like
/// @param command  what repeats it; absent when the results do not say
/// @param words    what the terms mean
/// @param assets   what the page brings along
record Page(
        String title,
        List<String> labels,
        List<String> measured,
        Verdict verdict,
        Standing standing,
        List<Card> cards,
        List<Chip> chips,
        List<Table> tables,
        List<Section> sections,
        List<Table> folded,
        List<NoChart> missing,
        List<Requested> requests,
        List<FactList> facts,
        Optional<String> command,
        FactList words,
        Assets assets) {

    /// Whether figures can be relied on.
    ///
    /// @param good     whether nothing serious speaks against them
    /// @param sentence that, in words
    record Standing(boolean good, String sentence) {}

    /// A key figure.
    ///
    /// @param label    what it is
    /// @param value    with its unit
    /// @param interval its 95 % confidence interval, or why there is none; empty when there is nothing to say
    /// @param who      the policies it is of; empty when there is one only
    /// @param note     how sure it is
    record Card(String label, String value, String interval, List<Chip> who, String note) {}

    /// A policy and its colours.
    ///
    /// @param name    as in the results
    /// @param light   on a light ground, as style sheets write it
    /// @param dark    on a dark one
    /// @param ceiling whether it is a bound rather than a policy
    record Chip(String name, String light, String dark, boolean ceiling) {}

    /// Charts that belong together.
    ///
    /// @param id     what links call it
    /// @param title  above them
    /// @param lead   what they answer
    /// @param charts in their order
    record Section(String id, String title, String lead, List<ChartFrame> charts) {}

    /// Where a chart goes.
    ///
    /// @param place of its data among those that the page carries
    /// @param stem  its stable name
    /// @param wide  whether it takes the whole width; else two stand side by side
    record ChartFrame(int place, String stem, String title, String caption, boolean wide, boolean synthetic) {}

    /// Whose requests there are.
    ///
    /// @param policy  whose
    /// @param place   of their data among those that the page carries
    /// @param slowest how many of the slowest
    /// @param failed  how many of those that did not complete
    /// @param total   how many there were in all
    record Requested(Chip policy, int place, int slowest, int failed, long total) {}

    /// Names with their values.
    ///
    /// @param title above them
    /// @param facts in their order
    record FactList(String title, List<Fact> facts) {}

    /// A name with its value.
    record Fact(String name, String value) {}

    /// What the page brings along.
    ///
    /// @param style    its style sheet
    /// @param scripts  its scripts, in the order in which they run
    /// @param security what the browser may do for it: run these scripts, and nothing from elsewhere
    /// @param data     what is drawn, as JSON that may stand within a page
    record Assets(String style, List<String> scripts, String security, String data) {}
}
