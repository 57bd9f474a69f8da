package io.sagebench.live.engine;

import io.sagebench.engine.EngineFailure;
import io.sagebench.live.engine.EmbeddingPart.Piece;
import java.util.ArrayList;
import java.util.List;

/// Embedding jobs at a server, by as few calls as its limit on texts allows. A job with no more texts than that is never split; one with more gets
/// calls of its own. Belongs to the event loop of its first job's client.
///
/// When a call for several jobs fails, each of them gets one by itself: one bad text does not take the others with it.
final class EmbeddingBatch {
    private final UpstreamServer server;
    private final List<EmbeddingMember> members;
    private final int mostTexts;
    private final List<EmbeddingPart> parts = new ArrayList<>();

    /// @param members   of the same model and form, at least one
    /// @param mostTexts of one call, at least 1
    EmbeddingBatch(UpstreamServer server, List<EmbeddingMember> members, int mostTexts) {
        this.server = server;
        this.members = List.copyOf(members);
        this.mostTexts = mostTexts;
    }

    /// Makes the calls.
    void begin() {
        var living = members.stream().filter(member -> !member.isOver()).toList();
        for (List<Piece> pieces : packed(living, mostTexts)) {
            parts.add(new EmbeddingPart(server, pieces, this::partFailed));
        }
        parts.forEach(EmbeddingPart::begin);
    }

    /// The client of a job has left.
    void cancel(EmbeddingMember member) {
        member.cancel();
        parts.forEach(EmbeddingPart::cancelIfUnwanted);
    }

    private void partFailed(EmbeddingPart part, EngineFailure failure) {
        List<EmbeddingMember> left = part.members().stream().filter(member -> !member.isOver()).toList();
        if (part.members().size() > 1) {
            left.forEach(member -> member.callAlone(server));
        } else {
            left.forEach(member -> member.fail(failure));
            parts.forEach(EmbeddingPart::cancelIfUnwanted);
        }
    }

    /// Which texts go together: whole jobs while they have room, in order; the texts of a job that is too large by themselves.
    static List<List<Piece>> packed(List<EmbeddingMember> members, int mostTexts) {
        var calls = new ArrayList<List<Piece>>();
        var open = new ArrayList<Piece>();
        int openTexts = 0;
        for (EmbeddingMember member : members) {
            int count = member.job().ask().textCount();
            if (count > mostTexts) {
                for (int from = 0; from < count; from += mostTexts) {
                    calls.add(List.of(new Piece(member, from, Math.min(count, from + mostTexts))));
                }
                continue;
            }
            if (openTexts + count > mostTexts) {
                calls.add(List.copyOf(open));
                open.clear();
                openTexts = 0;
            }
            open.add(new Piece(member, 0, count));
            openTexts += count;
        }
        if (!open.isEmpty()) {
            calls.add(List.copyOf(open));
        }
        return calls;
    }
}
