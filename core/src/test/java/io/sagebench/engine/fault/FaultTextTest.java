package io.sagebench.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
    static final List<String> ALL_FORMS = FaultText.FORMS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delay:200ms@10%",
                "delay:1.5s",
                "delay:86400s",
                "error:503@2%",
                "error:rate_limit@5%",
                "reset@1%",
                "reset:after=5@0.1%",
                "hang@1%",
                "slow:3x@5%",
                "slow:2.5x,engine=engine-2",
                "slow:200ms",
                "truncate:after=10@1%",
                "stream-error:after=10@1%",
                "crash:for=10s@0.01%",
                "crash:for=10s,at=30s",
                "crash:for=10s,at=30s,every=120s,engine=engine-1",
                "delay:200ms@10%,crash:for=10s,at=30s,engine=e,hang",
            })
    void readsAndWritesTheSame(String text) {
        assertThat(plan(text).text()).isEqualTo(text);
        assertThat(plan(plan(text).text())).isEqualTo(plan(text));
    }

    @ParameterizedTest
    @FieldSource("ALL_FORMS")
    void readsTheFormsItNames(String form) {
        FaultReading reading = FaultText.plan(form + (form.equals("crash:for=10s") ? "@1%" : ""));
        assertThat(reading).isInstanceOf(FaultReading.Read.class);
    }

    @Test
    void readsWhatIsSaid() {
        FaultPlan plan = plan(" slow:3x , engine=e@0.05, crash:every=60s,for=10s ");
        assertThat(plan.rules())
                .containsExactly(
                        new FaultRule(
                                new Fault.Slow(3, Duration.ZERO), new FaultRule.Share(0.05), Optional.of(new EngineId("e"))),
                        new FaultRule(
                                new Fault.Crash(Duration.ofSeconds(10)),
                                new FaultRule.At(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(60))),
                                Optional.empty()));
        assertThat(plan("hang,engine=e@2%").text()).isEqualTo("hang:engine=e@2%");
        assertThat(plan("none").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                    | a fault is missing; there are crash, delay, error, hang",
                "explode@1%              | unknown fault 'explode@1%'; there are crash, delay",
                "error                   | 'error' must have a status or name after the ':'",
                "error:200               | the error must be a status from 400 to 599 or one of rate_limit, invalid_api_key",
                "error:rate_limits@5%    | but is 'rate_limits'",
                "delay:200               | expected a time above 0 and of at most a day, such as 200ms, 1.5s or 2m, but found '200'",
                "delay:2562047h          | and of at most a day, such as 200ms, 1.5s or 2m, but found '2562047h'",
                "slow:86401s             | and of at most a day",
                "crash:at=25h,for=10s    | and of at most a day",
                "crash:at=10s,for=25h    | and of at most a day",
                "delay:0ms               | expected a time above 0",
                "delay                   | must have a time after the ':'",
                "hang@101%               | the rate after '@' must be a percentage such as 2%, or a share from 0 to 1, but is '101%'",
                "hang@5                  | but is '5'",
                "hang@                   | but is ''",
                "hang:5                  | hang takes no '5'; write it like hang or hang:after=5",
                "slow:1x                 | the factor must be above 1",
                "slow:x                  | expected a time above 0",
                "truncate                | 'truncate' must say after how many tokens, such as after=10",
                "truncate:after=0        | must be a whole number of tokens of at least 1, but is '0'",
                "reset:afer=5            | reset takes no 'afer='; write it like reset or reset:after=5",
                "reset:after=            | after must be given once, with a value",
                "crash:at=30s            | a crash must say for how long the engine is down, such as for=10s",
                "crash:for=10s           | a crash needs either a time (at=30s, every=60s) or the share of requests",
                "crash:at=3s,for=1s@1%   | a crash needs either",
                "hang:at=30s             | hang takes no 'at='",
            })
    void saysWhatIsWrong(String text, String problem) {
        assertThat(problems(FaultText.plan(text))).singleElement().asString().contains(problem);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThat(problems(FaultText.plan(List.of("error:99,hang@2", "boom")))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset@1%", "crash:at=1s,for=1s", "slow:2x,engine=e"})
    void aRequestAsksOnlyForItself(String hint) {
        assertThat(problems(FaultText.hint(hint))).singleElement().asString().contains("no rate, no time and no engine");
        assertThat(FaultText.hint("crash:for=1s")).isInstanceOf(FaultReading.Read.class);
    }

    private static FaultPlan plan(String text) {
        assertThat(FaultText.plan(text)).isInstanceOf(FaultReading.Read.class);
        return ((FaultReading.Read) FaultText.plan(text)).plan();
    }

    private static List<String> problems(FaultReading reading) {
        assertThat(reading).isInstanceOf(FaultReading.Wrong.class);
        return ((FaultReading.Wrong) reading).problems();
    }
}
