package io.sagebench.engine.sim.multimodel;

/// The memory of a card, counted in bytes. It is never over-full: that would be a mistake of ours.
final class CardMemory {
    private final long capacityBytes;
    private long usedBytes;

    CardMemory(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /// @return whether there was room; if not, nothing changed
    boolean reserve(long bytes) {
        if (bytes > freeBytes()) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    void free(long bytes) {
        usedBytes -= bytes;
        if (usedBytes < 0) {
            throw new IllegalStateException("more memory was freed than reserved, by " + -usedBytes + " bytes");
        }
    }

    long freeBytes() {
        return capacityBytes - usedBytes;
    }
}
