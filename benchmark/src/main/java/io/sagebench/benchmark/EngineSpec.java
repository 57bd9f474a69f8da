package io.sagebench.benchmark;

import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.request.Check;
import java.net.URI;
import java.util.OptionalDouble;

/// One engine of a control plane, or several alike, as a cluster file or a registration gives them.
public sealed interface EngineSpec {

    /// Its id; of several alike, what their ids begin with.
    String id();

    /// A server at an address.
    ///
    /// @param settings how to use it
    /// @param trust    whom to believe over https
    record AtUrl(String id, URI url, HttpEngineSettings settings, UpstreamTrust trust) implements EngineSpec {
        public AtUrl {
            Check.notBlank(id, "id");
        }
    }

    /// Simulated engines in this process: `id` when there is one, else `id-1`, `id-2` and so on.
    ///
    /// @param count   how many, at least 1
    /// @param profile name of the profile of each, or the file it is in; of engines that generate, that embed, or of cards with several models
    /// @param usdPerHour what each costs; absent when nobody said
    record Simulated(String id, int count, String profile, OptionalDouble usdPerHour) implements EngineSpec {
        public Simulated {
            usdPerHour.ifPresent(price -> Check.notNegative(price, "usdPerHour"));
            Check.notBlank(id, "id");
            Check.atLeast(1, count, "count");
        }
    }
}
