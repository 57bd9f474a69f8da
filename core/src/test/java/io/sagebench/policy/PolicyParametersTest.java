package io.sagebench.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.policy.PolicyParameter.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyParametersTest {

    private static PolicyFactory having(PolicyParameter... parameters) {
        return new PolicyFactory() {
            @Override
            public String name() {
                return "made_up";
            }

            @Override
            public String rule() {
                return "none";
            }

            @Override
            public String explanation() {
                return "none";
            }

            @Override
            public List<PolicyParameter> parameters() {
                return List.of(parameters);
            }

            @Override
            public Policy create(PolicyParameters values, PolicyContext context) {
                throw new AssertionError("only its parameters matter here");
            }
        };
    }

    private static final PolicyFactory FACTORY = having(
            new PolicyParameter("aging_ms", "a time", "10000", new Kind.Numeric(0, 1e6)),
            new PolicyParameter("share", "a share", "0.15", new Kind.Numeric(0, 0.5)),
            new PolicyParameter("pick", "a choice", "spread", new Kind.OneOf(List.of("spread", "pack"))));

    @Test
    void whatIsNotGivenHasItsDefault() {
        var values = PolicyParameters.of(FACTORY, Map.of("share", "0.3"));
        assertThat(values.number("aging_ms")).isEqualTo(10_000);
        assertThat(values.number("share")).isEqualTo(0.3);
        assertThat(values.word("pick")).isEqualTo("spread");
        assertThat(values.asMap()).containsExactly(Map.entry("aging_ms", "10000"), Map.entry("share", "0.3"), Map.entry("pick", "spread"));
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        var given = new LinkedHashMap<String, String>();
        given.put("aging_ms", "soon");
        given.put("share", "0.6");
        given.put("pick", "best");
        given.put("agin_ms", "5");
        assertThatThrownBy(() -> PolicyParameters.of(FACTORY, given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("aging_ms must be a number, but is 'soon'; share must be from 0 to 0.5, but is 0.6; "
                        + "pick must be one of spread, pack, but is 'best'; "
                        + "policy made_up has no parameter 'agin_ms'; it has aging_ms, share, pick");
    }

    @Test
    void aPolicyWithoutParametersSaysSo() {
        assertThatThrownBy(() -> PolicyParameters.of(having(), Map.of("x", "1")))
                .hasMessage("policy made_up has no parameter 'x'; it has none");
    }

    @Test
    void numbersMustBeFiniteAndWithinTheirRange() {
        for (String value : List.of("NaN", "Infinity", "-1", "1000001")) {
            assertThatThrownBy(() -> PolicyParameters.of(FACTORY, Map.of("aging_ms", value)))
                    .hasMessage("aging_ms must be from 0 to 1000000, but is " + value);
        }
    }

    @Test
    void askingForAParameterThereIsNotIsAnError() {
        assertThatThrownBy(() -> PolicyParameters.of(FACTORY, Map.of()).word("other")).hasMessage("no parameter other");
    }
}
