package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class AnnouncedRequestTest {
    private final AnnouncedRequest announced = new AnnouncedRequest(Requests.planned(1));
    private final ByteBuf bytes = Unpooled.buffer(4).writeInt(7);

    @Test
    void givesTheBytesOnceTheyAreReady() {
        announced.ready(bytes);

        assertThat(announced.take()).isSameAs(bytes);
        assertThat(announced.take()).isNull();
        assertThat(bytes.refCnt()).isEqualTo(1);
    }

    @Test
    void releasesBytesThatComeTooLate() {
        assertThat(announced.take()).isNull();

        announced.ready(bytes);

        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void releasesBytesThatNobodyWants() {
        announced.ready(bytes);

        announced.discard();

        assertThat(bytes.refCnt()).isZero();
    }
}
