package io.sagebench.live.server;

import io.netty.buffer.Unpooled;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.GatewayRequest.Delivery;
import io.sagebench.live.server.metrics.FinishReason;
import java.util.List;
import java.util.Optional;

/// A text, as events of a stream or as one object. The head goes out with the first token, as vLLM does it, so that whatever goes wrong before has an
/// HTTP status of its own.
final class MadeText implements MadeAnswer {
    private static final byte[] NOTHING = {};

    private final Delivery delivery;
    private final AnswerEncoding encoding;
    private final GatewayAnswer answer;
    private int tokensSent;

    MadeText(Delivery delivery, AnswerEncoding encoding, GatewayAnswer answer) {
        this.delivery = delivery;
        this.encoding = encoding;
        this.answer = answer;
    }

    @Override
    public boolean isStreamed() {
        return delivery != Delivery.WHOLE;
    }

    @Override
    public void tokens(int count) {
        if (!isStreamed() || answer.response().isOver()) {
            return;
        }
        beginStream();
        answer.write(encoding.tokens(answer.response().allocator(), 0, AnswerText.WORDS, tokensSent, count));
        tokensSent += count;
        answer.flush();
    }

    @Override
    public void finish(EngineResult result) {
        if (!isStreamed()) {
            var choice = new AnswerEncoding.Choice(AnswerText.WORDS.first(result.outputTokens()), FinishReason.LENGTH);
            answer.reply(Reply.json(200, encoding.whole(List.of(choice), Usage.of(result))));
            return;
        }
        beginStream();
        byte[] usage = delivery == Delivery.STREAM_WITH_USAGE ? encoding.usage(Usage.of(result)) : NOTHING;
        answer.write(Unpooled.wrappedBuffer(
                encoding.ending(0, FinishReason.LENGTH, Optional.empty()), usage, AnswerEncoding.done()));
        answer.end();
    }

    @Override
    public void endEarly() {
        beginStream();
        answer.response().endAndClose();
    }

    private void beginStream() {
        if (!answer.response().hasBegun()) {
            answer.begin(GatewayAnswer.EVENT_STREAM + "; charset=utf-8");
            byte[] opening = encoding.opening(0, Optional.empty());
            if (opening.length > 0) {
                answer.write(Unpooled.wrappedBuffer(opening));
            }
        }
    }
}
