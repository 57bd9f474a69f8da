package io.sagebench.benchmark.config;

import io.sagebench.benchmark.EngineSpec;
import io.sagebench.benchmark.Serving.Engines;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What engines would be called, and which addresses are the same.
public final class EngineSpecs {
    private EngineSpecs() {}

    /// The ids of the engines of a specification, at least one.
    public static List<String> ids(EngineSpec spec) {
        return switch (spec) {
            case EngineSpec.AtUrl at -> List.of(at.id());
            case EngineSpec.Simulated(String id, int count, String _, var _) when count == 1 -> List.of(id);
            case EngineSpec.Simulated(String id, int count, String _, var _) ->
                IntStream.rangeClosed(1, count).mapToObj(number -> id + "-" + number).toList();
        };
    }

    /// The ids of all engines of a cluster file; none of other engines.
    public static List<String> ids(Engines engines) {
        return engines instanceof Engines.Cluster(List<EngineSpec> specs, boolean _)
                ? specs.stream().flatMap(spec -> ids(spec).stream()).toList()
                : List.of();
    }

    /// An address without what makes no difference: the case of scheme and host, the usual port, `/` and `/v1` at the end.
    static URI plain(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int usualPort = scheme.equals("https") ? 443 : 80;
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "").replaceAll("/v1$", "");
        return URI.create(scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":"
                + (url.getPort() < 0 ? usualPort : url.getPort()) + path);
    }
}
