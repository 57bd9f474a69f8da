package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void tellsTheCauseThatSaysWhy() {
        var noDescriptor = new ChannelException(
                "Unable to create Channel", new IOException("newSocketStream(..) failed: Too many open files"));
        assertThat(FailureText.of(noDescriptor)).isEqualTo("newSocketStream(..) failed: Too many open files");
        assertThat(FailureText.of(new ConnectException("Connection refused: /127.0.0.1:1")))
                .isEqualTo("Connection refused: /127.0.0.1:1");
        assertThat(FailureText.of(new IOException())).isEqualTo("IOException");
        assertThat(FailureText.of(null)).isEqualTo("failed");
    }

    @Test
    void knowsWhatThisMachineIsToBlameFor() {
        assertThat(FailureText.isLocalLimit(new ChannelException(new SocketException("Too many open files")))).isTrue();
        assertThat(FailureText.isLocalLimit(new BindException("Cannot assign requested address"))).isTrue();
        assertThat(FailureText.isLocalLimit(new ConnectException("Connection refused"))).isFalse();
        assertThat(FailureText.isLocalLimit(null)).isFalse();
    }

    @Test
    void knowsABugFromTroubleWithTheNetwork() {
        assertThat(FailureText.isBug(new IllegalStateException("ours"))).isTrue();
        assertThat(FailureText.isBug(new IOException("Connection reset by peer"))).isFalse();
        assertThat(FailureText.isBug(new ChannelException("socket"))).isFalse();
    }
}
