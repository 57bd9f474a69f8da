package io.sagebench.report;

/// A policy that was asked for and not measured.
///
/// @param policy its name
/// @param reason why, in words that follow its name
public record NotRun(String policy, String reason) {
    private static final String NEEDS = "needs ";

    /// One that would have been another policy in effect.
    ///
    /// @param what it needs that the load or the engines do not offer
    public static NotRun needs(String policy, String what) {
        return new NotRun(policy, NEEDS + what);
    }

    /// One that could not be put in force.
    ///
    /// @param why what came of trying
    public static NotRun refused(String policy, String why) {
        return new NotRun(policy, "could not be put in force: " + why);
    }

    /// The reason as a sentence, for when nothing else was measured.
    public String sentence() {
        return "policy '" + policy + "' was not run: it " + reason
                + (reason.startsWith(NEEDS) ? ", which this load and these engines do not offer" : "");
    }
}
