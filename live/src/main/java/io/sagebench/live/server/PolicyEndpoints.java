package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The admin endpoints about policies. Called on the timeline.
final class PolicyEndpoints {
    private static final List<String> KEYS = List.of("policy", "params");

    private final ControlPlane controlPlane;
    private final Policies policies;

    PolicyEndpoints(ControlPlane controlPlane, Policies policies) {
        this.controlPlane = controlPlane;
        this.policies = policies;
    }

    /// `POST /admin/policy`, `POST /admin/set_policy`: puts another policy in force, or changes nothing and says why.
    Reply set(HttpCall call) {
        try {
            JsonNode root = parse(call.body());
            refuseUnknown(root);
            JsonNode name = root.get("policy");
            if (name == null || !name.isString()) {
                throw new BadRequest(ApiError.about("policy", "policy is required and must be the name of a policy"));
            }
            return switch (controlPlane.activate(name.stringValue(), parameters(root))) {
                case PolicySwitch.Active active -> inForce(active);
                case PolicySwitch.Refused(String message) -> ApiError.about("policy", message).toReply();
            };
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    /// `GET /admin/policy`: the one in force.
    Reply active() {
        return inForce(controlPlane.active());
    }

    /// `GET /admin/policies`: all that are installed.
    Reply all() {
        return Reply.ok(Map.of(
                "active",
                controlPlane.active().policy(),
                "policies",
                policies.all().stream().map(PolicyEndpoints::describe).toList()));
    }

    private static JsonNode parse(byte[] body) throws BadRequest {
        try {
            JsonNode root = Json.MAPPER.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException _) {
            // told below, with what is JSON but no object
        }
        throw new BadRequest(ApiError.of(
                400, "invalid_json", "the request body must be a JSON object such as {\"policy\": \"fifo\"}"));
    }

    /// A misspelt `params` must not put the policy in force with its defaults.
    private static void refuseUnknown(JsonNode root) throws BadRequest {
        for (String key : root.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new BadRequest(ApiError.about(key, "unknown key '" + key + "'; there are " + String.join(", ", KEYS)));
            }
        }
    }

    private static Map<String, String> parameters(JsonNode root) throws BadRequest {
        var parameters = new LinkedHashMap<String, String>();
        JsonNode given = root.get("params");
        if (given == null || given.isNull()) {
            return parameters;
        }
        if (!given.isObject()) {
            throw new BadRequest(ApiError.about("params", "params must be an object of parameter names and values"));
        }
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!entry.getValue().isValueNode()) {
                throw new BadRequest(ApiError.about("params." + entry.getKey(), "params." + entry.getKey()
                        + " must be a number or a word"));
            }
            parameters.put(entry.getKey(), entry.getValue().asString());
        }
        return parameters;
    }

    private Reply inForce(PolicySwitch.Active active) {
        var body = new LinkedHashMap<String, Object>();
        body.put("policy", active.policy());
        body.put("epoch", active.epoch());
        body.put("params", active.parameters());
        body.put("degraded", controlPlane.degraded().orElse(null));
        body.put("figures", controlPlane.figures());
        return Reply.ok(body);
    }

    private static Map<String, Object> describe(PolicyFactory policy) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", policy.name());
        entry.put("rule", policy.rule());
        entry.put(
                "parameters",
                policy.parameters().stream().map(PolicyEndpoints::describe).toList());
        return entry;
    }

    private static Map<String, Object> describe(PolicyParameter parameter) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", parameter.name());
        entry.put("meaning", parameter.meaning());
        entry.put("default", parameter.defaultValue());
        switch (parameter.kind()) {
            case PolicyParameter.Kind.Numeric(double least, double most) -> {
                entry.put("least", least);
                // JSON has no infinity
                entry.put("most", Optional.of(most).filter(Double::isFinite).orElse(null));
            }
            case PolicyParameter.Kind.OneOf(var words) -> entry.put("words", words);
        }
        return entry;
    }
}
