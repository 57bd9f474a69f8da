package io.sagebench.inference;

import java.util.List;

/// Takes what the computing thread has made, right when it is there, and brings it to the timeline.
interface Deliveries {

    /// One token of one sequence.
    ///
    /// @param isLast  whether the sequence ends with it
    /// @param atNanos when it was picked
    record Said(CpuSequence sequence, int token, String text, boolean isLast, long atNanos) {}

    /// Now, on the timeline's clock.
    long nowNanos();

    /// A sequence has been taken up.
    void admitted(CpuSequence sequence);

    /// A step was computed.
    ///
    /// @param computedTokens tokens that went through the model, padding not counted
    void stepped(int computedTokens, List<Said> said);

    /// All texts of a job are embedded.
    void embedded(CpuSequence sequence, List<float[]> vectors);

    /// The runtime could not compute it.
    void failed(CpuSequence sequence, String why);
}
