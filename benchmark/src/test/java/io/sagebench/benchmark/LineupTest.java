package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.report.NotRun;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineupTest {
    private static final Offer ONE_TENANT = new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 1, false, List.of());

    @Test
    void amongAllOneThatNeedsWhatIsNotOfferedIsListedAndNotMeasured() {
        Lineup lineup = lineup(List.of("fifo", "fair", "of_the_server"), true, ONE_TENANT);
        assertThat(lineup.policies()).as("one that is only known to the server is measured").containsExactly("fifo", "of_the_server");
        assertThat(lineup.notRun()).containsExactly(NotRun.needs("fair", "requests of several tenants"));
    }

    @Test
    void whoNamesAPolicyGetsItAndHearsWhatItNeeds() {
        Lineup lineup = lineup(List.of("fifo", "fair"), false, ONE_TENANT);
        assertThat(lineup.policies()).containsExactly("fifo", "fair");
        assertThat(lineup.notRun()).isEmpty();
        assertThat(lineup.degraded("fair", Optional.empty()))
                .hasValue("needs requests of several tenants, which this load and these engines do not offer");
        assertThat(lineup.degraded("fair", Optional.of("one tenant only")).orElseThrow()).endsWith("do not offer; one tenant only");
        assertThat(lineup.degraded("fifo", Optional.of("slow"))).hasValue("slow");
        assertThat(lineup.degraded("fifo", Optional.empty())).isEmpty();
    }

    @Test
    void whatIsOfferedIsMeasured() {
        Offer two = new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 2, false, List.of());
        assertThat(lineup(List.of("fair"), true, two).policies()).containsExactly("fair");
    }

    @Test
    void saysWhyNothingCanBeMeasured() {
        assertThat(Lineup.reason(lineup(List.of("fair"), true, ONE_TENANT).notRun()))
                .isEqualTo("policy 'fair' was not run: it needs requests of several tenants, which this load and these engines do not offer");
    }

    @Test
    void aLoadOfChatsOffersNoTenantsNoPrefixesAndTheModelsItNames() {
        var config = aBenchmark().build();
        Offer offer = Lineup.offerOf(config.workload(), List.of());
        assertThat(offer).isEqualTo(new Offer(Set.of(RequestType.LLM_CHAT), Set.of("default"), 0, false, List.of()));
    }

    /// Whatever policies there are: each is measured, or listed with what it needs, and the result says which are ceilings.
    @Test
    void comparingAllPoliciesMeasuresOrListsEachOfThem() {
        var names = Policies.installed().all().stream().map(PolicyFactory::name).toList();
        var config = aBenchmark().policies(names.toArray(String[]::new)).leavingOutTheUnfit().requests(40, 20).build();
        var result = (BenchmarkResult.Measured)
                new Benchmark().run(config, BenchmarkListener.SILENT, new Recording(), new StopSignal());
        var listed = new ArrayList<String>();
        result.policies().forEach(policy -> {
            listed.add(policy.policy());
            assertThat(policy.isCeiling()).isEqualTo(Lineup.isCeiling(Policies.installed(), policy.policy()));
            assertThat(policy.metrics().counts().total()).isEqualTo(40);
        });
        result.notRun().forEach(policy -> listed.add(policy.policy()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
        assertThat(result.notRun()).extracting(NotRun::policy).contains("aegaeon", "hybrid", "vtc");
    }

    private static Lineup lineup(List<String> asked, boolean all, Offer offer) {
        return Lineup.of(
                name -> switch (name) {
                    case "fair" -> Optional.of(new NeedsTenants());
                    case "fifo" -> Policies.installed().named("fifo");
                    default -> Optional.empty();
                },
                asked,
                all,
                offer);
    }

    private static final class NeedsTenants implements PolicyFactory {
        @Override
        public String name() {
            return "fair";
        }

        @Override
        public String rule() {
            return "";
        }

        @Override
        public String explanation() {
            return "";
        }

        @Override
        public Optional<String> missing(Offer offer) {
            return offer.tenants() > 1 ? Optional.empty() : Optional.of("requests of several tenants");
        }

        @Override
        public Policy create(PolicyParameters values, PolicyContext context) {
            throw new AssertionError("never made");
        }
    }
}
