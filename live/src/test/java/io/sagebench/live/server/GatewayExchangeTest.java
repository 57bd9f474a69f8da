package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.DispatchedTo;
import io.sagebench.engine.EngineId;
import io.sagebench.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

/// Whether another engine may still answer: only while nothing of the answer can reach the client.
class GatewayExchangeTest {
    private static final String WHOLE = "{'model':'m','messages':[{'role':'user','content':'hi'}]}";
    private static final String STREAM = WHOLE.replace("'m',", "'m','stream':true,");

    private final Outbox outbox = new Outbox(new VirtualTimeline());

    @Test
    void aStreamMadeHereBeginsWithItsFirstToken() throws BadRequest {
        GatewayExchange exchange = exchange(TestCalls.chat(STREAM));
        assertThat(exchange.answerHasBegun(0)).isFalse();
        assertThat(exchange.answerHasBegun(1)).isTrue();
    }

    @Test
    void aWholeAnswerMadeHereBeginsWhenItIsComplete() throws BadRequest {
        assertThat(exchange(TestCalls.chat(WHOLE)).answerHasBegun(100)).isFalse();
    }

    @Test
    void anAnswerOfAnEngineHasBegunOnceItsHeadIsOutWhateverWasTold() throws BadRequest {
        HttpCall call = TestCalls.chat(WHOLE);
        GatewayExchange exchange = exchange(call);
        exchange.relay().begin("application/json");
        assertThat(call.response().hasBegun()).isTrue();
        assertThat(exchange.answerHasBegun(0)).isTrue();
    }

    @Test
    void anEngineThatWasFoundSilentWritesNoMore() throws BadRequest {
        HttpCall call = TestCalls.chat(STREAM);
        GatewayExchange exchange = exchange(call);
        Relay first = exchange.relay();
        assertThat(exchange.answerHasBegun(0)).isFalse();
        first.begin("text/event-stream");
        assertThat(call.response().hasBegun()).isFalse();
    }

    @Test
    void anEngineThatLostTheRequestWritesNoMore() throws BadRequest {
        HttpCall call = TestCalls.chat(STREAM);
        GatewayExchange exchange = exchange(call);
        Relay first = exchange.relay();
        exchange.dispatched(new DispatchedTo(new EngineId("second"), "fifo", 1, 0));
        first.begin("text/event-stream");
        assertThat(call.response().hasBegun()).isFalse();
        exchange.relay().begin("text/event-stream");
        assertThat(call.response().hasBegun()).isTrue();
    }

    private GatewayExchange exchange(HttpCall call) throws BadRequest {
        return new GatewayExchange(GatewayReader.chat(call), call, outbox, 0);
    }
}
