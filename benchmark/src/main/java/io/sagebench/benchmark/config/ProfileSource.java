package io.sagebench.benchmark.config;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.Gpu;
import io.sagebench.engine.sim.ModelShape;
import io.sagebench.engine.sim.ProfileLookup;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds an engine profile by what a user gives: the name of one that ships or that the hardware rules make, or a file.
public final class ProfileSource {
    private ProfileSource() {}

    /// What came of it.
    public sealed interface Resolved {
        /// A profile.
        record Usable(EngineProfile profile) implements Resolved {}

        /// No profile of that name.
        ///
        /// @param message without the place where the name was given
        record Unknown(String message) implements Resolved {}

        /// A file with mistakes, all of which are named.
        record Invalid(List<Problem> problems) implements Resolved {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// The profile of a name, or in a file: what ends in .yaml, .yml or .json, or has a slash, is one.
    public static Resolved resolve(String nameOrPath) {
        return isFile(nameOrPath) ? fromFile(nameOrPath) : named(nameOrPath);
    }

    /// The same for those who were told of the problems before.
    public static Optional<EngineProfile> find(String nameOrPath) {
        return resolve(nameOrPath) instanceof Resolved.Usable(EngineProfile profile) ? Optional.of(profile) : Optional.empty();
    }

    /// What is wrong, in one text; empty when nothing is.
    public static String problemsWith(String nameOrPath) {
        return switch (resolve(nameOrPath)) {
            case Resolved.Usable _ -> "";
            case Resolved.Unknown(String message) -> message;
            case Resolved.Invalid(List<Problem> problems) ->
                problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator()));
        };
    }

    private static boolean isFile(String text) {
        return text.endsWith(".yaml") || text.endsWith(".yml") || text.endsWith(".json") || text.contains("/") || text.contains("\\");
    }

    private static Resolved fromFile(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException _) {
            return new Resolved.Unknown("must be the name of an engine profile or of a file, but is '" + text + "'");
        }
        var problems = new ArrayList<Problem>();
        return EngineProfileFile.read(path, problems)
                .<Resolved>map(Resolved.Usable::new)
                .orElseGet(() -> new Resolved.Invalid(problems));
    }

    private static Resolved named(String name) {
        if (EmbeddingProfiles.named(name).isPresent() || MultiModelProfiles.named(name).isPresent()) {
            return new Resolved.Unknown("engine profile '" + name + "' is only for 'sage-bench mock-engine --profile " + name
                    + "' and for --simulated " + name);
        }
        return switch (EngineProfiles.find(name)) {
            case ProfileLookup.Found found -> new Resolved.Usable(found.profile());
            case ProfileLookup.UnknownModel(String model) -> unknown(name, unknownModel(model));
            case ProfileLookup.UnknownGpu(String gpu) -> unknown(name, unknownGpu(gpu));
            case ProfileLookup.Impossible(String reason) ->
                new Resolved.Unknown("engine profile '" + name + "' cannot be: " + reason);
            case ProfileLookup.Unknown _ -> {
                List<String> shipped = EngineProfiles.all().stream().map(EngineProfile::name).toList();
                String hint = DidYouMean.hint(shipped, name);
                yield unknown(name, hint.isEmpty()
                        ? "expected MODEL-GPU, MODEL-GPU-tpN or a file ending in .yaml, for example llama3-8b-a100;"
                                + " 'sage-bench profiles' lists what ships"
                        : hint.substring(2));
            }
        };
    }

    private static Resolved unknown(String name, String why) {
        return new Resolved.Unknown("unknown engine profile '" + name + "'; " + why);
    }

    static String unknownModel(String model) {
        return unknown("model", model, ModelShape.known().stream().map(ModelShape::name).toList());
    }

    static String unknownGpu(String gpu) {
        return unknown("GPU", gpu, Gpu.known().stream().map(Gpu::name).toList());
    }

    private static String unknown(String what, String given, List<String> known) {
        return "no " + what + " '" + given + "' is known; there are " + String.join(", ", known) + DidYouMean.hint(known, given);
    }
}
