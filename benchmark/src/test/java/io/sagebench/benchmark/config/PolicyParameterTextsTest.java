package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyParameterTextsTest {
    private final List<Problem> problems = new ArrayList<>();
    private final PolicyParameterTexts texts = new PolicyParameterTexts(Policies.installed(), problems);

    static List<String> parametersOf(String policy) {
        return Policies.installed().named(policy).orElseThrow().parameters().stream().map(PolicyParameter::name).toList();
    }

    @Test
    void aNameAloneIsForThePoliciesThatHaveIt() {
        texts.take("aging_ms=500");
        assertThat(texts.of(List.of("priority"))).isEqualTo(Map.of("priority", Map.of("aging_ms", "500")));
        assertThat(problems).isEmpty();
    }

    @Test
    void aPolicyThatIsNotChosenHasNoParameters() {
        texts.take("priority.aging_ms=500");
        assertThat(texts.of(List.of("slo_aware"))).isEmpty();
        assertThat(problems).extracting(Problem::toString).containsExactly(
                "--policy-param: gives a parameter of the policy 'priority', but slo_aware is chosen");
    }

    @Test
    void refusesWhatIsWrongTwiceOrShapeless() {
        texts.take("priority.aging_ms=0.5");
        texts.take("aging_ms=700");
        texts.take("=1");
        texts.take("priority.=1");
        texts.of(List.of("priority"));
        assertThat(problems).extracting(Problem::message).containsExactlyInAnyOrder(
                "must be of the form NAME=VALUE or POLICY.NAME=VALUE, but is '=1'",
                "must be of the form NAME=VALUE or POLICY.NAME=VALUE, but is 'priority.=1'",
                "gives 'aging_ms' of the policy priority twice");
    }
}
