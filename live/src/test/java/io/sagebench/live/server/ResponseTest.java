package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponseTest {
    @Test
    void aClientThatHasLeftIsNotTakenForASlowOne() {
        var channel = new LikeEpoll();
        var response = new Response(channel, true, true, 1 << 10, () -> {});
        response.begin(200, Map.of());
        channel.close().syncUninterruptibly();
        assertThat(channel.bytesBeforeWritable()).isEqualTo(Long.MAX_VALUE); // what Netty says of a closed channel
        ByteBuf part = Unpooled.copyLong(1);
        response.write(part); // before the connection has heard of the end
        response.reset();
        assertThat(part.refCnt()).isZero();
    }

    /// Like a socket of the native transport, it takes no options once it is closed.
    private static final class LikeEpoll extends EmbeddedChannel {
        @Override
        public ChannelConfig config() {
            return new Config(this);
        }
    }

    private static final class Config extends DefaultChannelConfig {
        Config(Channel channel) {
            super(channel);
        }

        @Override
        public <T> boolean setOption(ChannelOption<T> option, T value) {
            if (!channel.isOpen()) {
                throw new ChannelException(new ClosedChannelException());
            }
            return true;
        }
    }
}
