package io.sagebench.controlplane;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What became of the wish to switch policies.
public sealed interface PolicySwitch {

    /// The policy is in force.
    ///
    /// @param epoch      counts switches; the first policy has epoch 1
    /// @param parameters the values in force, given and default
    record Active(String policy, long epoch, Map<String, String> parameters) implements PolicySwitch {
        public Active {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /// Nothing changed, because of what the message says.
    record Refused(String message) implements PolicySwitch {}
}
