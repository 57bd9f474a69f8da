package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.Ramp;
import io.sagebench.arrival.VaryingArrivals;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.workload.Extent;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// When requests come, and how many.
class DraftOfLoadTest extends DraftHarness {
    @Test
    void replaysATrace() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,0\n2023-11-16 18:15:49,3,4\n");
        draft.option(Setting.TRACE, "--trace", trace.toString());
        RunSettings settings = valid();
        assertThat(settings.config().workload().load())
                .isInstanceOfSatisfying(Load.Replayed.class, load -> assertThat(load.requests()).isEqualTo(2));
        assertThat(settings.notes()).containsExactly(trace + ": 1 of 2 requests had a length of 0 tokens, which is replayed as 1");
        assertThat(settings.documented())
                .containsEntry("num_requests", 2).containsEntry("trace", trace.toString()).doesNotContainKey("request_rate");

        draft.option(Setting.DURATION, "--duration", "2s");
        assertThat(valid().documented()).containsEntry("num_requests", 1);
    }

    @Test
    void refusesOptionsThatATraceMakesIdle() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,1\n");
        draft.option(Setting.TRACE, "--trace", trace.toString());
        draft.option(Setting.REQUEST_RATE, "--rate", "5");
        draft.option(Setting.NUM_REQUESTS, "--requests", "5");
        assertThat(problems(HowMany.SEVERAL))
                .containsExactly(
                        "--rate: has no effect with a trace, which brings the times itself",
                        "--requests: must be at most 1, which is all the trace has, but is 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uniform |                                     | Uniform",
                "gamma   | --burstiness=0.25                   | Gamma",
                "weibull | --burstiness=2                      | Weibull",
                "burst   | --burst-size=7 --burst-interval=1s  | Burst",
                "onoff   | --on-time=2s --off-time=500ms --off-rate-share=0.5 | Bursty",
                "wave    | --wave-amplitude=1 --wave-period=5m | Varying",
                "poisson | --ramp=0:10@60s,10@2m               | Varying",
                "gamma   | --ramp=1:10@60s --burstiness=3      | Varying",
            })
    void whatWasInForceMayBeAConfigurationAgain(String pattern, String options, String process) throws IOException {
        draft.option(Setting.ARRIVAL_PATTERN, "--arrival", pattern);
        give(options);
        RunSettings settings = valid();
        assertThat(((Load.Open) settings.config().workload().load()).arrivals().getClass().getSimpleName()).isEqualTo(process + "Arrivals");

        var again = new ConfigDraft(POLICIES);
        var yaml = new StringBuilder();
        settings.documented().forEach((key, value) -> {
            if (!key.equals("control_plane_url")) {
                yaml.append(key).append(": ").append(JsonMapper.shared().writeValueAsString(value)).append('\n');
            }
        });
        again.file(file("again.yaml", yaml.toString()));
        assertThat(again.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Valid.class, valid ->
                assertThat(valid.settings().config().workload().load()).isEqualTo(settings.config().workload().load()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "--arrival=gamma --burstiness=0        | --burstiness: must be a number from 0.01 to 1000, but is 0",
                "--arrival=weibull --burstiness=0.1    | --burstiness: must be at least 0.2 for the pattern weibull, but is 0.1",
                "--arrival=wave --wave-amplitude=2     | --wave-amplitude: must be a share from 0 to 1, but is 2",
                "--arrival=burst --burst-size=11 --burst-interval=1s | --burst-size: bursts of 11 every 1.0 s are more than the rate of 10.0 requests/s, which counts them in",
                "--arrival=burst --rate=0.1 --burst-interval=1s | --burst-interval: bursts of 1 every 1.0 s are more than the rate of 0.1 requests/s, which counts them in",
                "--arrival=batch --rate=5              | --rate: has no effect with --arrival batch, which sends everything at once",
                "--arrival=batch --duration=5s         | --duration: cannot end the pattern batch, which sends everything at once; give --requests",
                "--ramp=1:2@9s --rate=5                | --rate: has no effect with a ramp, which says the rate itself",
                "--ramp=1:2@9s --arrival=wave          | --ramp: goes with the patterns uniform, poisson, gamma, weibull, but not with wave",
                "--ramp=10:0@9s --requests=50          | --ramp: ends at 0 requests/s, which may be before 50 requests; give --duration, or leave --requests out",
                "--concurrency=8 --rate=5              | --rate: has no effect with --concurrency, where each request follows the end of another",
                "--concurrency=8 --arrival=poisson     | --arrival: has no effect with --concurrency, where each request follows the end of another",
                "--concurrency=8 --max-in-flight=9     | --max-in-flight: has no effect with --concurrency, which limits what is in flight itself",
                "--trace=t.csv --speed=0               | --speed: must be above 0 and at most a million, but is 0",
                "--concurrency=8 --trace=t.csv         | --concurrency: cannot go with a trace, whose requests come at their own times",
            })
    void refusesWhatDoesNotGoTogether(String options, String problem) throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.1,374,1\n");
        give(options.replace("t.csv", trace.toString()));
        assertThat(problems(HowMany.SEVERAL)).containsExactly(problem);
    }

    @Test
    void endsByRequestsOrTimeWhicheverIsCloserToTheCommand() throws IOException {
        give("--requests=50 --duration=2s");
        assertThat(load()).isEqualTo(new Load.Open(new PoissonArrivals(10), new Extent(50, Duration.ofSeconds(2))));

        Path both = file("b.yaml", "num_requests: 7\nduration: 1m\n");
        var byTime = new ConfigDraft(POLICIES);
        byTime.option(Setting.DURATION, "--duration", "2s");
        byTime.file(both);
        assertThat(((Checked.Valid) byTime.check(HowMany.SEVERAL)).settings().config().workload().load())
                .isEqualTo(new Load.Open(new PoissonArrivals(10), Extent.time(Duration.ofSeconds(2))));
        var byNumber = new ConfigDraft(POLICIES);
        byNumber.option(Setting.NUM_REQUESTS, "--requests", "5");
        byNumber.file(both);
        assertThat(((Checked.Valid) byNumber.check(HowMany.SEVERAL)).settings().config().workload().load()).isEqualTo(Load.poisson(5, 10));
    }

    @Test
    void aRampAloneIsAsLongAsItIs() {
        give("--ramp=1:9@30s,9:0@30s");
        assertThat(load()).isEqualTo(new Load.Open(
                new VaryingArrivals(new Ramp(List.of(new Ramp.Leg(1, 9, 30), new Ramp.Leg(9, 0, 30))), new PoissonArrivals(1)),
                Extent.time(Duration.ofMinutes(1))));
    }

    @Test
    void aClosedLoopIsSoManyCallers() {
        give("--concurrency=8 --duration=5s");
        assertThat(load()).isEqualTo(new Load.Closed(8, Extent.time(Duration.ofSeconds(5))));
        assertThat(valid().documented()).containsEntry("concurrency", 8).containsEntry("duration", 5.0).doesNotContainKey("request_rate");
    }

    @Test
    void takesTheLimitOfAnEarlierToolUnderItsName() throws IOException {
        assertThat(valid().config().client().mostInFlight()).as("none by itself").isEmpty();
        draft.file(file("a.yaml", "concurrent_requests: 50\n"));
        assertThat(valid().config().client().mostInFlight()).contains(50);
        assertThat(valid().documented()).containsEntry("max_in_flight", 50);
        draft.option(Setting.CONCURRENCY, "--concurrency", "3");
        assertThat(valid().config().client().mostInFlight()).as("of no use in a closed loop").isEmpty();
    }

    @Test
    void replaysATraceFasterAndOnlySoMuchOfIt() throws IOException {
        Path trace = file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,1\n2023-11-16 18:15:48,3,4\n2023-11-16 18:15:50,3,4\n");
        give("--arrival=trace --speed=4 --duration=3s --trace=" + trace);
        assertThat(load()).isInstanceOfSatisfying(Load.Replayed.class, load -> {
            assertThat(load.requests()).as("within three seconds of the trace, whatever the speed").isEqualTo(2);
            assertThat(load.speed()).isEqualTo(4);
        });
        assertThat(valid().documented()).containsEntry("trace_speed", 4.0).containsEntry("arrival_pattern", "trace");
    }

    @Test
    void namesTheTraceThatIsNotThere() {
        draft.option(Setting.TRACE, "--trace", "nowhere.csv");
        assertThat(problems(HowMany.SEVERAL)).containsExactly("--trace: nowhere.csv: there is no such file");
    }

    @Test
    void aTimeSoShortThatOneOfTheRepeatsIsEmptyIsRefused() {
        give("--duration=400ms");
        draft.option(Setting.REPEATS, "--repeats", "1000");
        assertThat(problems(HowMany.SEVERAL)).singleElement().asString()
                .matches("--duration: is so short that no request comes, with seed 42 in repeat \\d+");
    }
}
