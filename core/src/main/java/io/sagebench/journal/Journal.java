package io.sagebench.journal;

/// Takes the record of each request as it ends. Called on the timeline, once a request.
@FunctionalInterface
public interface Journal {

    /// Takes one record; it does not change afterwards.
    void write(RequestRecord ended);

    /// Both journals, one after the other.
    default Journal and(Journal other) {
        return ended -> {
            write(ended);
            other.write(ended);
        };
    }
}
