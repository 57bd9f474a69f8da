package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.live.server.TenantKeys;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final ServerSettings LOOPBACK = ServerSettings.onLoopback(0);
    private static final ServerSettings ANYWHERE = LOOPBACK.on("0.0.0.0");

    @Test
    void thereIsNoneOnThisMachine() {
        assertThat(Exposure.of(GatewaySettings.of(LOOPBACK))).isEmpty();
        assertThat(Exposure.of(GatewaySettings.of(LOOPBACK.on("::1")))).isEmpty();
    }

    @Test
    void onEveryAddressItIsSaidWhatIsOpenToWhom() {
        assertThat(Exposure.of(GatewaySettings.of(ANYWHERE)))
                .contains("this listens beyond this machine: requests are taken from whoever reaches it, /metrics is open to all, and the admin"
                        + " endpoints to this machine only");
        assertThat(Exposure.of(GatewaySettings.of(ANYWHERE.withAdminToken(new BearerToken("t")))).orElseThrow())
                .endsWith("to this machine and by the token");
        var keys = new TenantKeys(Map.of("acme", new BearerToken("k")));
        assertThat(Exposure.of(new GatewaySettings(ANYWHERE, Optional.of(LOOPBACK), keys)))
                .contains("this listens beyond this machine: requests are taken from tenants by their keys");
    }
}
