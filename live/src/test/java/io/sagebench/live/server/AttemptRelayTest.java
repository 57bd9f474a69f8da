package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/// Who may write an answer: an engine that has begun, or the next one, never both.
class AttemptRelayTest {
    private final StringBuilder written = new StringBuilder();
    private final AttemptRelay relay = new AttemptRelay(new Relay() {
        @Override
        public void begin(String contentType) {
            written.append(contentType).append(':');
        }

        @Override
        public void write(ByteBuf part) {
            written.append(part.toString(UTF_8));
            part.release();
        }

        @Override
        public void flush() {
            written.append('|');
        }

        @Override
        public void end() {
            written.append('.');
        }

        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            written.append('w');
        }
    });

    @Test
    void anAnswerThatHasBegunCannotBeTakenAway() {
        writeAll();
        assertThat(relay.withdraw()).isFalse();
        relay.flush();
        assertThat(written.toString()).isEqualTo("text/plain:wbody|.|");
        assertThat(relay.isWritable()).isFalse();
    }

    @Test
    void anAnswerTakenAwayIsWrittenNoMore() {
        assertThat(relay.withdraw()).isTrue();
        ByteBuf part = writeAll();
        assertThat(written.toString()).isEmpty();
        assertThat(part.refCnt()).as("released all the same").isZero();
        assertThat(relay.isWritable()).as("nobody waits for it").isTrue();
        assertThat(relay.withdraw()).as("still").isTrue();
    }

    private ByteBuf writeAll() {
        ByteBuf part = Unpooled.copiedBuffer("body", UTF_8);
        relay.begin("text/plain");
        relay.whenWritable(() -> {});
        relay.write(part);
        relay.flush();
        relay.end();
        return part;
    }
}
