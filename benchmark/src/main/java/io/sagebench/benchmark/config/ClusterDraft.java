package io.sagebench.benchmark.config;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.EngineSpec;
import io.sagebench.benchmark.Serving.ControlPlaneServerConfig;
import io.sagebench.benchmark.Serving.Engines;
import io.sagebench.benchmark.Serving.FirstPolicy;
import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.live.engine.EngineWatch;
import io.sagebench.live.engine.UpstreamTimeouts;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.policy.Policies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A control plane while it is put together from options and a cluster file, in this order: what is given first counts. Then it is checked once, and
/// every mistake is found.
public final class ClusterDraft {
    static final List<String> KEYS = List.of(
            "host", "port", "policy", "engines", "strict", "queue", "admission", "history", "health", "retry", "breaker", "timeouts", "metrics",
            "connections", "tenants", "admin", "tls", "seed");
    static final List<String> POLICY = List.of("name", "params");
    static final List<String> TIMEOUTS =
            List.of("connect", "first_byte", "first_token", "idle", "probe", "no_engine", "engine_drain");
    static final List<String> METRICS = List.of("enabled", "interval");

    private static final Set<String> ONLY_HERE = KEYS.stream()
            .filter(key -> Arrays.stream(Setting.values()).noneMatch(setting -> setting.key().equals(key)))
            .collect(Collectors.toUnmodifiableSet());

    private static final GivenFile.Kind KIND = new GivenFile.Kind(
            "a cluster file", "keys such as engines: [...]", "'sage-bench config --cluster' prints an example");
    private static final GivenFile.Kind REGISTRATION =
            new GivenFile.Kind("a registration", "an object with keys such as id and url", "");
    private static final long USUAL_SEED = 42;

    private final Policies policies;
    private final Secrets secrets;
    private final Map<String, Given> given = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final PolicyParameterTexts parameters;
    private Optional<String> policy = Optional.empty();
    private Optional<Fields> file = Optional.empty();
    private boolean isUnreadable;

    /// @param environment where the secrets are that a file names
    public ClusterDraft(Policies policies, Map<String, String> environment) {
        this.policies = policies;
        this.secrets = new Secrets(environment);
        this.parameters = new PolicyParameterTexts(policies, problems);
    }

    /// What came of checking.
    public sealed interface Checked {
        /// It is in order.
        ///
        /// @param notes what a person should know
        record Valid(ControlPlaneServerConfig config, List<String> notes) implements Checked {}

        /// It is not.
        record Invalid(List<Problem> problems) implements Checked {}
    }

    /// What came of reading one engine.
    public sealed interface Registration {
        /// It is in order.
        record Read(EngineSpec engine) implements Registration {}

        /// It is not.
        record Wrong(List<Problem> problems) implements Registration {}
    }

    /// Whether a file is one of these rather than the configuration of a benchmark: it lists engines, or has keys of these and no others.
    public static boolean isClusterFile(Path path) {
        return GivenFile.read(path, KIND, new ArrayList<>())
                .map(fields -> fields.fields().keySet())
                .filter(keys -> keys.contains("engines")
                        || (keys.stream().anyMatch(ONLY_HERE::contains) && keys.stream().allMatch(KEYS::contains)))
                .isPresent();
    }

    /// Takes an option for a key of the file.
    ///
    /// @param key  of the file, for example `port`, or `admin.port` for one in a group
    /// @param name as the user knows it, for example `--port`
    public void option(String key, String name, String value) {
        given.put(key, new Scalar(new Origin.Option(name), Form.UNTYPED, value));
    }

    /// Takes the policy that is in force first.
    public void policy(String name) {
        policy = Optional.of(name);
    }

    /// Takes `NAME=VALUE`, a parameter of that policy.
    public void policyParameter(String text) {
        parameters.take(text);
    }

    /// Takes what a file says.
    public void file(Path path) {
        file = GivenFile.read(path, KIND, problems);
        isUnreadable = file.isEmpty();
    }

    /// Takes a mistake found elsewhere, to be told with the others.
    public void problem(Problem problem) {
        problems.add(problem);
    }

    /// Checks a control plane over the engines of the file.
    public Checked check() {
        return check(Optional.empty(), Optional.empty(), FaultPlan.NONE);
    }

    /// Checks all of it.
    ///
    /// @param engines instead of those of the file, which must then have none
    /// @param apiKey  for engines at bare addresses
    /// @param faults  of simulated engines
    public Checked check(Optional<Engines> engines, Optional<ApiKey> apiKey, FaultPlan faults) {
        FieldGroup all = merged();
        GatewaySettings gateway = new GatewayFields(all, secrets).read();
        ControlPlaneSettings settings = new FailureFields(all).read().with(new AdmissionFields(all).admission()).with(new AdmissionFields(all).history());
        FirstPolicy first = firstPolicy(all);
        List<EngineSpec> specs = engines.isPresent() ? List.of() : specs(all);
        if (engines.isEmpty()) {
            faultsFit(faults, specs);
        }
        boolean strict = all.flag("strict").orElse(false);
        long seed = all.wholeLong("seed", Long.MIN_VALUE).orElse(USUAL_SEED);
        if (!problems.isEmpty() || (engines.isEmpty() && specs.isEmpty())) {
            return new Checked.Invalid(problems.stream().distinct().toList());
        }
        Engines chosen = engines.orElseGet(() -> new Engines.Cluster(specs, strict));
        return new Checked.Valid(
                new ControlPlaneServerConfig(gateway, first, chosen, apiKey, settings, faults, seed), notes(specs));
    }

    /// Faults are for simulated engines, by the names the file gives them.
    private void faultsFit(FaultPlan faults, List<EngineSpec> specs) {
        List<String> simulated = specs.stream()
                .filter(EngineSpec.Simulated.class::isInstance)
                .flatMap(spec -> EngineSpecs.ids(spec).stream())
                .toList();
        if (!faults.isEmpty() && simulated.isEmpty()) {
            problems.add(new Problem("--faults", "is for simulated engines, and the file has none"));
            return;
        }
        faults.rules().stream()
                .flatMap(rule -> rule.engine().stream())
                .filter(engine -> !simulated.contains(engine.value()))
                .forEach(engine -> problems.add(new Problem("--faults", "there is no simulated engine '" + engine + "'; there are "
                        + String.join(", ", simulated))));
    }

    /// Reads an engine that is to join a control plane, from a JSON object with the keys of an engine in a cluster file. The key of such an engine is
    /// in the environment of this process, too, and its name is in the registration.
    public static Registration registration(String json, Map<String, String> environment) {
        var problems = new ArrayList<Problem>();
        Optional<EngineSpec> spec = GivenFile.readJson("the body", json, REGISTRATION, problems)
                .flatMap(fields -> new EngineFields(
                                FieldGroup.ofFile(fields, EngineFields.KEYS, problems),
                                new Secrets(environment),
                                UpstreamTimeouts.DEFAULT,
                                EngineWatch.DEFAULT)
                        .read());
        return spec.isPresent() && problems.isEmpty()
                ? new Registration.Read(spec.get())
                : new Registration.Wrong(List.copyOf(problems));
    }

    private FieldGroup merged() {
        var fields = new LinkedHashMap<String, Given>();
        file.ifPresent(from -> fields.putAll(from.fields()));
        Origin origin = file.map(Fields::origin).orElse(new Origin.Option("serve"));
        given.forEach((key, value) -> put(fields, key, value, origin));
        return FieldGroup.ofFile(new Fields(origin, fields), KEYS, problems);
    }

    private static void put(Map<String, Given> fields, String key, Given value, Origin origin) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            fields.put(key, value);
            return;
        }
        String group = key.substring(0, dot);
        Map<String, Given> inGroup = new LinkedHashMap<>();
        if (fields.get(group) instanceof Fields known) {
            inGroup.putAll(known.fields());
        }
        inGroup.put(key.substring(dot + 1), value);
        fields.put(group, new Fields(origin, inGroup));
    }

    private FirstPolicy firstPolicy(FieldGroup all) {
        Optional<FieldGroup> group = all.isGroup("policy") ? all.group("policy", POLICY) : Optional.empty();
        Optional<String> named = group.isPresent()
                ? group.get().text("name", "the name of a policy")
                : all.text("policy", "the name of a policy");
        List<String> known = policies.all().stream().map(factory -> factory.name()).toList();
        named.filter(name -> !known.contains(name)).ifPresent(name -> {
            if (group.isPresent()) {
                group.get().sentence("name", PolicyChoice.unknown(name, known));
            } else {
                all.sentence("policy", PolicyChoice.unknown(name, known));
            }
        });
        policy.filter(name -> !known.contains(name))
                .ifPresent(name -> problems.add(new Problem("--policy", PolicyChoice.unknown(name, known))));
        String name = policy.or(() -> named).orElse(Defaults.MEASURED);
        var values = new LinkedHashMap<String, String>();
        if (policy.isEmpty() || policy.equals(named)) { // parameters of another policy than the one in force say nothing
            group.ifPresent(from -> values.putAll(parameters.fromFile(name, from, "params")));
        }
        values.putAll(parameters.of(name));
        return new FirstPolicy(name, values);
    }

    private List<EngineSpec> specs(FieldGroup all) {
        if (!isUnreadable) {
            all.require("engines", "it lists what the control plane schedules over");
        }
        var specs = new ArrayList<EngineSpec>();
        UpstreamTimeouts timeouts = timeouts(all);
        EngineWatch watch = watch(all);
        List<FieldGroup> groups = all.groups("engines", EngineFields.KEYS);
        if (all.isEmptyList("engines")) {
            all.wrong("engines", "must list at least one engine");
        }
        var ids = new HashMap<String, Integer>();
        var urls = new HashMap<URI, Integer>();
        for (int number = 1; number <= groups.size(); number++) {
            FieldGroup group = groups.get(number - 1);
            Optional<EngineSpec> read = new EngineFields(group, secrets, timeouts, watch).read();
            if (read.isPresent()) {
                refuseSecond(read.get(), number, group, ids, urls);
                specs.add(read.get());
            }
        }
        return specs;
    }

    private static void refuseSecond(
            EngineSpec spec, int number, FieldGroup group, Map<String, Integer> ids, Map<URI, Integer> urls) {
        for (String id : EngineSpecs.ids(spec)) {
            Integer earlier = ids.putIfAbsent(id, number);
            if (earlier != null) {
                group.wrong("id", "gives the id '" + id + "', which engines[" + earlier + "] has already");
            }
        }
        if (spec instanceof EngineSpec.AtUrl(String _, URI url, var _, UpstreamTrust _)) {
            Integer earlier = urls.putIfAbsent(EngineSpecs.plain(url), number);
            if (earlier != null) {
                group.wrong("url", "is that of engines[" + earlier + "]; an engine must not count twice");
            }
        }
    }

    private static UpstreamTimeouts timeouts(FieldGroup all) {
        UpstreamTimeouts usual = UpstreamTimeouts.DEFAULT;
        return all.group("timeouts", TIMEOUTS)
                .map(group -> new UpstreamTimeouts(
                        group.duration("connect").orElse(usual.connect()),
                        group.duration("first_byte").orElse(usual.firstByte()),
                        group.duration("idle").orElse(usual.idle()),
                        group.duration("probe").orElse(usual.probe())))
                .orElse(usual);
    }

    private static EngineWatch watch(FieldGroup all) {
        EngineWatch usual = EngineWatch.DEFAULT;
        Optional<FieldGroup> metrics = all.group("metrics", METRICS);
        boolean enabled = metrics.flatMap(group -> group.flag("enabled")).orElse(true);
        Optional<Duration> interval = metrics.flatMap(group -> group.duration("interval")).or(usual::metricsInterval);
        String path = all.group("health", FailureFields.HEALTH)
                .flatMap(group -> group.text("path", "a path").filter(text -> {
                    if (!text.startsWith("/")) {
                        group.wrong("path", "must begin with /, but is '" + text + "'");
                    }
                    return text.startsWith("/");
                }))
                .orElse(usual.healthPath());
        return new EngineWatch(path, enabled ? interval : Optional.empty());
    }

    private static List<String> notes(List<EngineSpec> specs) {
        var notes = new ArrayList<String>();
        for (EngineSpec spec : specs) {
            if (spec instanceof EngineSpec.AtUrl(String id, URI url, var _, UpstreamTrust.Anybody _)) {
                notes.add("engine " + id + ": whoever answers at " + url + " is believed (tls.insecure), and gets the requests and the API key");
            }
        }
        return notes;
    }
}
