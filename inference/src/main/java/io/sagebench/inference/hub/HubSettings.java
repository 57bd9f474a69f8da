package io.sagebench.inference.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the hub is, and where its files are kept, as Hugging Face's own programs are told it by the environment.
///
/// @param endpoint address of the hub, without a slash at the end
/// @param cache    folder with a folder for each repository
/// @param token    sent to the hub alone, as a bearer token; never printed
/// @param offline  whether nothing is asked of the network
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";

    /// As `HF_ENDPOINT`, `HF_HUB_CACHE`, `HF_HOME`, `HF_TOKEN` and `HF_HUB_OFFLINE` say.
    ///
    /// @throws ModelUnavailable when `HF_ENDPOINT` is no http or https address
    public static HubSettings of(Map<String, String> environment) throws ModelUnavailable {
        return new HubSettings(
                endpoint(environment.getOrDefault("HF_ENDPOINT", DEFAULT_ENDPOINT)),
                cache(environment),
                Optional.ofNullable(environment.get("HF_TOKEN")).filter(token -> !token.isBlank()),
                isOn(environment.getOrDefault("HF_HUB_OFFLINE", "")));
    }

    private static URI endpoint(String text) throws ModelUnavailable {
        String address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!address.matches("https?://[^/\\s]+(/\\S*)?")) {
            throw new ModelUnavailable("HF_ENDPOINT must be an http or https address such as " + DEFAULT_ENDPOINT + ", but is '" + text + "'");
        }
        return URI.create(address);
    }

    private static Path cache(Map<String, String> environment) {
        String hub = environment.getOrDefault("HF_HUB_CACHE", "");
        if (!hub.isEmpty()) {
            return Path.of(hub);
        }
        String home = environment.getOrDefault("HF_HOME", "");
        return home.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "huggingface", "hub")
                : Path.of(home, "hub");
    }

    private static boolean isOn(String flag) {
        return flag.equals("1") || flag.equalsIgnoreCase("true") || flag.equalsIgnoreCase("yes") || flag.equalsIgnoreCase("on");
    }

    /// Not the token.
    @Override
    public String toString() {
        return endpoint + ", cache " + cache + (offline ? ", offline" : "");
    }
}
