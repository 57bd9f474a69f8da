package io.sagebench.live.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.sagebench.engine.Ask;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.live.server.Exchange;
import io.sagebench.live.server.Relay;
import io.sagebench.request.RequestId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One call of an [EmbeddingBatch]: the texts of several requests as one request, and its answer as a whole. Belongs to the event loop of the batch.
final class EmbeddingPart implements Exchange, Relay, EngineEvents {
    /// Texts `from` to before `to` of a job.
    record Piece(EmbeddingMember member, int from, int to) {
        int count() {
            return to - from;
        }

        long estimatedTokens() {
            return member.job().ask().texts().map(Ask.Texts::tokens).orElse(List.of()).subList(from, to).stream()
                    .mapToLong(Integer::longValue)
                    .sum();
        }
    }

    private final UpstreamServer server;
    private final List<Piece> pieces;
    private final BiConsumer<EmbeddingPart, EngineFailure> whenFailed;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final byte[] body;
    private @Nullable UpstreamCall call;
    private boolean over;

    /// @param pieces     at least one; none in two of a job
    /// @param whenFailed told when there is no answer
    EmbeddingPart(UpstreamServer server, List<Piece> pieces, BiConsumer<EmbeddingPart, EngineFailure> whenFailed) {
        this.server = server;
        this.pieces = List.copyOf(pieces);
        this.whenFailed = whenFailed;
        this.body = joined(pieces);
    }

    /// The jobs that it has texts of.
    List<EmbeddingMember> members() {
        return pieces.stream().map(Piece::member).toList();
    }

    /// Sends it.
    void begin() {
        var first = pieces.getFirst().member().job();
        var tokens = pieces.stream()
                .flatMap(piece -> piece.member().job().ask().texts().orElseThrow().tokens().subList(piece.from(), piece.to()).stream())
                .toList();
        var ask = Ask.embedding(first.model(), new Ask.Texts(tokens, ""), PromptContent.unshared(first.id()));
        var job = new EngineJob(first.id(), ask, first.priority(), Payload.NONE);
        var begun = new UpstreamCall(server, job, this, this, new Reports(Runnable::run, this));
        call = begun;
        begun.begin();
    }

    /// Gives up when nobody waits for it any more.
    void cancelIfUnwanted() {
        UpstreamCall open = call;
        if (!over && open != null && members().stream().allMatch(EmbeddingMember::isOver)) {
            over = true;
            open.cancel();
        }
    }

    @Override
    public void finished(EngineResult result) {
        if (over) {
            return;
        }
        over = true;
        int texts = pieces.stream().mapToInt(Piece::count).sum();
        EmbeddingList list;
        try {
            list = EmbeddingList.read(answer.toByteArray(), texts);
        } catch (EmbeddingList.Malformed malformed) {
            whenFailed.accept(this, new EngineFailure(502, server.says("an answer that is none: " + malformed.getMessage())));
            return;
        }
        distribute(list, list.promptTokens().orElse(result.promptTokens()));
    }

    @Override
    public void failed(EngineFailure failure) {
        if (!over) {
            over = true;
            whenFailed.accept(this, failure);
        }
    }

    @Override
    public void tokens(int count) {
        throw new IllegalStateException("embeddings have no tokens");
    }

    /// Hands each job its vectors and its share of the tokens: in proportion to the estimates, rounded so that the shares add up.
    private void distribute(EmbeddingList list, int promptTokens) {
        long estimated = pieces.stream().mapToLong(Piece::estimatedTokens).sum();
        long before = 0;
        int at = 0;
        for (Piece piece : pieces) {
            long after = before + piece.estimatedTokens();
            int share = Math.toIntExact(promptTokens * after / estimated - promptTokens * before / estimated);
            before = after;
            for (int i = piece.from(); i < piece.to(); i++) {
                piece.member().vector(i, list.vectors().get(at++));
            }
            piece.member().used(share, pieces.size() > 1);
            piece.member().answerIfComplete(list.model());
        }
    }

    /// The first request's body, with the texts of all as its input and without its user.
    private static byte[] joined(List<Piece> pieces) {
        ObjectNode joined = parsed(pieces.getFirst().member().exchange().body());
        ArrayNode inputs = JsonMapper.shared().createArrayNode();
        for (Piece piece : pieces) {
            inputs.addAll(inputsOf(parsed(piece.member().exchange().body())).subList(piece.from(), piece.to()));
        }
        joined.set("input", inputs);
        joined.remove("user");
        return JsonMapper.shared().writeValueAsBytes(joined);
    }

    private static List<JsonNode> inputsOf(ObjectNode request) {
        JsonNode input = request.path("input");
        if (!input.isArray() || input.path(0).isNumber()) {
            return List.of(input);
        }
        var inputs = new ArrayList<JsonNode>(input.size());
        input.forEach(inputs::add);
        return inputs;
    }

    private static ObjectNode parsed(byte[] body) {
        if (JsonMapper.shared().readTree(body) instanceof ObjectNode request) {
            return request;
        }
        throw new IllegalArgumentException("a request that was accepted is no JSON object");
    }

    @Override
    public RequestId id() {
        return pieces.getFirst().member().exchange().id();
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public boolean wantsStream() {
        return false;
    }

    @Override
    public EventLoop loop() {
        return pieces.getFirst().member().exchange().loop();
    }

    @Override
    public Relay relay() {
        return this;
    }

    @Override
    public void begin(String contentType) {
        // read when it is complete
    }

    @Override
    public void write(ByteBuf part) {
        var bytes = new byte[part.readableBytes()];
        part.readBytes(bytes);
        part.release();
        answer.writeBytes(bytes);
    }

    @Override
    public void flush() {
        // read when it is complete
    }

    @Override
    public void end() {
        // finished follows
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void whenWritable(Runnable action) {
        // it always is
    }
}
