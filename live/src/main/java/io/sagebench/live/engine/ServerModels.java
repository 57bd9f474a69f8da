package io.sagebench.live.engine;

import io.sagebench.engine.ServedModels;
import io.sagebench.live.engine.UpstreamQuestions.Said;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server says of its models.
///
/// @param names         as the server knows them, in its order; at least one
/// @param contextTokens the smallest `max_model_len` among them, which vLLM tells
record ServerModels(List<String> names, OptionalInt contextTokens) {
    ServerModels {
        names = List.copyOf(names);
    }

    /// Asks the server. Blocks.
    ///
    /// @throws IOException when it cannot be reached or does not answer as it should; the message names the URL and what to do
    static ServerModels ask(UpstreamAddress address, UpstreamQuestions questions) throws IOException {
        Said said;
        try {
            said = questions.models().join();
        } catch (CompletionException unreachable) {
            throw new IOException(
                    "no server answers at " + address.url() + " (" + questions.reason(unreachable) + "): start it, or correct the URL",
                    unreachable);
        }
        if (said.status() != 200) {
            throw new IOException(address.endpoint("/models") + " answered with status " + said.status()
                    + (said.status() == 401 ? ": give the API key it wants" : ", where a list of models was expected"));
        }
        return read(address, said.body());
    }

    private static ServerModels read(UpstreamAddress address, String body) throws IOException {
        var names = new TreeSet<String>();
        var contextTokens = OptionalInt.empty();
        try {
            for (JsonNode model : JsonMapper.shared().readTree(body).path("data")) {
                model.path("id").stringValueOpt().filter(name -> !name.isBlank()).ifPresent(names::add);
                JsonNode length = model.path("max_model_len");
                if (length.canConvertToInt() && length.intValue() > 0) {
                    contextTokens = OptionalInt.of(Math.min(contextTokens.orElse(Integer.MAX_VALUE), length.intValue()));
                }
            }
        } catch (JacksonException malformed) {
            throw new IOException(address.endpoint("/models") + " did not answer with JSON", malformed);
        }
        if (names.isEmpty()) {
            throw new IOException(address.endpoint("/models") + " lists no models: load one into that server");
        }
        return new ServerModels(new ArrayList<>(names), contextTokens);
    }

    /// Which declared models it does not list, for people. It may have them all the same: not every server lists its adapters.
    Optional<String> doubtAbout(DeclaredServer declared) {
        List<String> missing =
                declared.models().values().stream().distinct().filter(name -> !names.contains(name)).toList();
        return names.isEmpty() || missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the server does not list the model " + String.join(", ", missing)
                        + ", and may answer requests for it with 404; it lists " + String.join(", ", names));
    }

    /// The models and types that clients may ask for.
    ///
    /// @param listed what the server lists; used where nothing was declared
    static ServedModels served(DeclaredServer declared, Optional<ServerKind> kind, List<String> listed) {
        Set<String> names = declared.models().isEmpty() ? new TreeSet<>(listed) : declared.models().keySet();
        if (!declared.types().isEmpty()) {
            return new ServedModels(names, declared.types());
        }
        return kind.equals(Optional.of(ServerKind.TEI))
                ? new ServedModels(names, EnumSet.of(RequestType.EMBEDDING))
                : new ServedModels(names);
    }
}
