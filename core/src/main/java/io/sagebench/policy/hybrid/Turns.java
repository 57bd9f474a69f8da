package io.sagebench.policy.hybrid;

/// Whose turn it is on an engine that serves two classes of requests: round robin over estimated GPU time, each class in proportion to its share. A class
/// may send while its credit is above zero, and pays afterwards what the request is estimated to take; when it owes, the turn passes on, and the next
/// class gets a quantum. What a class without work does not use goes to the other, and is not saved up.
///
/// Deficit round robin (Shreedhar and Varghese, SIGCOMM 1995) in the variant that pays afterwards (surplus round robin: Adiseshu, Parulkar and Varghese,
/// SIGCOMM 1996), because the size of a request is known only once another policy has chosen it.
final class Turns {
    /// What both classes get together in one round, in nanoseconds of GPU time.
    static final long QUANTUM_NANOS = 100_000_000;

    private static final double LEAST_SHARE = 0.01;

    private long promptCredit;
    private long textCredit;
    private Work turn = Work.TEXTS; // so that prompts have the first

    /// Whose turn it is.
    ///
    /// @param promptShare share of the prompts, from 0 to 1
    /// @param prompts     whether prompts wait that could run here
    /// @param texts       whether texts wait that could run here
    Work turn(double promptShare, boolean prompts, boolean texts) {
        if (prompts != texts) {
            turn = prompts ? Work.PROMPTS : Work.TEXTS;
            add(turn.other(), -credit(turn.other()));
            add(turn, Math.max(0, -credit(turn)));
            return turn;
        }
        double share = Math.clamp(promptShare, LEAST_SHARE, 1 - LEAST_SHARE);
        while (prompts && credit(turn) <= 0) {
            turn = turn.other();
            long promptQuantum = Math.round(QUANTUM_NANOS * share);
            add(turn, turn == Work.PROMPTS ? promptQuantum : QUANTUM_NANOS - promptQuantum);
        }
        return turn;
    }

    /// Work of a class is sent that takes about so long.
    void pay(Work who, long nanos) {
        add(who, -nanos);
    }

    /// What a class has left, in nanoseconds; below zero when it owes.
    long credit(Work who) {
        return who == Work.PROMPTS ? promptCredit : textCredit;
    }

    private void add(Work who, long nanos) {
        if (who == Work.PROMPTS) {
            promptCredit += nanos;
        } else {
            textCredit += nanos;
        }
    }
}
