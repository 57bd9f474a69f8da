package io.sagebench.live.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;

/// The endpoints that show and change a running engine's settings. Called on the timeline.
final class ConfigEndpoints {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Adjustable adjustable;

    ConfigEndpoints(Adjustable adjustable) {
        this.adjustable = adjustable;
    }

    /// `GET /admin/config`: all settings.
    Reply show() {
        return Reply.ok(new TreeMap<>(adjustable.settings()));
    }

    /// `POST /admin/config`: changes all the settings that the body names, or none and says why.
    Reply change(HttpCall call) {
        try {
            Map<String, Object> changes = Json.MAPPER.convertValue(JsonBody.of(call).root(), OBJECT);
            List<String> mistakes = adjustable.adjust(changes);
            if (mistakes.isEmpty()) {
                return show();
            }
            Optional<String> param = changes.size() == 1 ? changes.keySet().stream().findFirst() : Optional.empty();
            return new ApiError(
                            400, String.join("; ", mistakes), param, Optional.of("invalid_value"), Optional.empty())
                    .toReply();
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }
}
