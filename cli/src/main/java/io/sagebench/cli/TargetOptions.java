package io.sagebench.cli;

import io.sagebench.benchmark.DefaultFleet;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is measured.
final class TargetOptions {
    @Option(
            names = {"-c", "--control-plane"},
            paramLabel = "URL|embedded",
            description = {
                "Exactly that server, or 'embedded': the control plane that ships, with simulated engines,"
                        + " over real HTTP in this process.",
                "Default: http://localhost:8080 if a control plane answers there, else embedded."
            })
    private @Nullable String controlPlane;

    @Option(names = "--simulate", description = "In virtual time, without sockets: minutes of load take seconds.")
    private boolean simulate;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "How many simulated engines. Default: " + DefaultFleet.INSTANCES + ".")
    private @Nullable String instances;

    @Option(
            names = "--engine-profile",
            paramLabel = "NAME|FILE",
            description = "What each of them is; 'profiles' lists some. Default: " + DefaultFleet.PROFILE + ".")
    private @Nullable String engineProfile;

    @Option(
            names = "--simulated",
            paramLabel = "NxPROFILE,...",
            description = {
                "Simulated engines of several kinds instead: 1xllama3-8b-h100,2xllama3-8b-a100.",
                "2xmarket-a100 are cards that change between models; ask for some with --models."
            })
    private @Nullable String simulated;

    @Option(
            names = "--max-num-seqs",
            paramLabel = "N",
            description = "The most requests each runs at once. Default: " + DefaultFleet.MAX_NUM_SEQS
                    + " with the default profile.")
    private @Nullable String maxNumSeqs;

    @Option(
            names = "--faults",
            paramLabel = "FAULT,...",
            description = {
                "What goes wrong in them: error:503@2%%, hang@1%%, slow:3x@5%%, crash:at=30s,for=10s ...",
                "docs/reference/faults.md has all of it."
            })
    private @Nullable String faults;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Sent as a bearer token; never printed or stored. Better: set SAGE_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            description = "Certificates of the authorities to believe at an https URL instead of those that Java knows; or SAGE_CA_FILE.")
    private @Nullable String caFile;

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.CONTROL_PLANE_URL, "--control-plane", controlPlane);
        draft.option(Setting.CA_FILE, "--ca-file", caFile);
        draft.option(Setting.SIMULATE, "--simulate", simulate ? "true" : null);
        draft.option(Setting.INSTANCES, "--instances", instances);
        draft.option(Setting.ENGINE_PROFILE, "--engine-profile", engineProfile);
        draft.option(Setting.SIMULATED, "--simulated", simulated);
        draft.option(Setting.MAX_NUM_SEQS, "--max-num-seqs", maxNumSeqs);
        draft.option(Setting.FAULTS, "--faults", faults);
        if (apiKey != null) {
            draft.apiKey(apiKey);
        }
    }
}
