package io.sagebench.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private final Policies policies = Policies.installed();

    @Test
    void theShippedPoliciesAreInstalledInThisOrder() {
        assertThat(policies.all()).extracting(PolicyFactory::name).startsWith("fifo", "priority", "slo_aware", "cost_optimized", "adaptive");
    }

    @Test
    void eachPolicyIsFoundByItsNameAndNothingElseIs() {
        assertThat(policies.all()).allSatisfy(factory -> assertThat(policies.named(factory.name())).contains(factory));
        assertThat(policies.named("FIFO")).isEmpty();
        assertThat(policies.named("")).isEmpty();
    }

    @Test
    void eachPolicyExplainsItselfAndStartsWithItsDefaults() {
        assertThat(policies.all()).allSatisfy(factory -> {
            assertThat(factory.rule()).isNotBlank().doesNotContain("\n");
            assertThat(factory.explanation().lines().count()).isGreaterThan(3);
            assertThat(factory.parameters()).allSatisfy(parameter -> assertThat(parameter.problemWith(parameter.defaultValue())).isEmpty());
            assertThatCode(() -> factory.create(
                            PolicyParameters.of(factory, Map.of()), new PolicyContext(new SplittableRandom(1), policies)))
                    .doesNotThrowAnyException();
        });
    }
}
