package io.sagebench.live.dashboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which colour each policy has in reports, so that it has the same here.
///
/// @param byPolicy colours by the name of the policy
public record PolicyColours(Map<String, Colour> byPolicy) {
    /// None: all policies look the same.
    public static final PolicyColours NONE = new PolicyColours(Map.of());

    private static final Pattern CSS = Pattern.compile("#[0-9a-f]{6}");

    public PolicyColours {
        byPolicy = Collections.unmodifiableMap(new LinkedHashMap<>(byPolicy));
    }

    /// A colour as style sheets write it, `#0072b2`.
    ///
    /// @param light on a light ground
    /// @param dark  on a dark one
    public record Colour(String light, String dark) {
        public Colour {
            if (!CSS.matcher(light).matches() || !CSS.matcher(dark).matches()) {
                throw new IllegalArgumentException("colours must be like #0072b2, but are " + light + " and " + dark);
            }
        }
    }
}
