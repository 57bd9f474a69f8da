package io.sagebench.live.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.engine.metrics.MetricSamples.Sample;
import io.sagebench.live.engine.metrics.PrometheusText.Page;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusTextTest {

    @Test
    void readsValuesWithAndWithoutLabels() {
        MetricSamples page = read("""
                # HELP a Some help with {braces} and "quotes"
                # TYPE a gauge
                a 1
                a{x="1"} 2.5
                  b {x="1", y="2",} -3e-2

                # a comment
                """);
        assertThat(page.named("a")).containsExactly(new Sample(Map.of(), 1), new Sample(Map.of("x", "1"), 2.5));
        assertThat(page.named("b")).containsExactly(new Sample(Map.of("x", "1", "y", "2"), -0.03));
        assertThat(page.named("c")).isEmpty();
    }

    @Test
    void readsEscapesInLabels() {
        MetricSamples page = read("""
                a{path="C:\\\\DIR\\\\F.TXT",error="Cannot find \\"file\\"\\nat all",odd="} # ,="} 1.458255915e9
                """);
        assertThat(page.named("a"))
                .containsExactly(new Sample(
                        Map.of("path", "C:\\DIR\\F.TXT", "error", "Cannot find \"file\"\nat all", "odd", "} # ,="), 1458255915));
    }

    @Test
    void readsWhatIsNoOrdinaryNumber() {
        MetricSamples page = read("a{x=\"1\"} NaN\na{x=\"2\"} +Inf\na{x=\"3\"} -Inf\nb NaN\n");
        assertThat(page.named("a")).extracting(Sample::value).containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(page.sum("b")).isEmpty();
        assertThat(page.mean("b")).isEmpty();
    }

    @Test
    void passesOverTimestampsAndExemplars() {
        MetricSamples page = read("""
                a 12 1395066363000
                b -3.5 -3982045
                c_bucket{le="0.01"} 17 # {trace_id="oHg5SJ#YRHA0"} 9.8 1520879607.789
                d_total 5 1520879607.789 # {} 1
                # EOF
                """);
        assertThat(page.sum("a")).hasValue(12);
        assertThat(page.sum("b")).hasValue(-3.5);
        assertThat(page.sum("c_bucket")).hasValue(17);
        assertThat(page.sum("d_total")).hasValue(5);
    }

    @Test
    void readsNamesInQuotes() {
        MetricSamples page = read("{\"my.name\",\"a.label\"=\"x\"} 4\n");
        assertThat(page.named("my.name")).containsExactly(new Sample(Map.of("a.label", "x"), 4));
    }

    @Test
    void readsLinesThatEndAsOnWindows() {
        MetricSamples page = read("a 1\r\n# x\r\n\r\nb{x=\"y\"} 2\r\n");
        assertThat(page.sum("a")).hasValue(1);
        assertThat(page.sum("b")).hasValue(2);
    }

    @Test
    void keepsOnlyWhatIsWanted() {
        var page = (Page.Read) PrometheusText.read("a 1\nb{this is not looked at\nb 2\n", name -> name.equals("a"));
        assertThat(page.samples().sum("a")).hasValue(1);
        assertThat(page.samples().has("b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "a one|line 2: 'one' is no number",
        "a|line 2: the value is missing",
        "a{x=\"1} 1|line 2: a quoted value has no end",
        "a{x=\"\\q\"} 1|line 2: unknown escape '\\q'",
        "a{x} 1|line 2: label 'x' has no value",
        "a{x=\"1\" y=\"2\"} 1|line 2: expected ',' or '}' after a label",
        "a 1 2 3|line 2: expected the end of the line, but found '3'",
        "a{\"b\"} 1|line 2: label 'b' has no value",
        "<html>|line 2: expected the name of a metric, but found '<'",
    })
    void saysWhereAPageIsMalformed(String line, String reason) {
        assertThat(PrometheusText.read("ok 1\n" + line + "\n", _ -> true)).isEqualTo(new Page.Malformed(reason));
    }

    /// Whatever comes, it ends, and says so by a value.
    @Test
    void survivesAnyCutAndAnyChange() {
        String page = "# HELP a b\na{x=\"1\\n\",y=\"\\\"2\"} 1.5 17 # {t=\"u\"} 1\n{\"q\",l=\"m\"} +Inf\n";
        var random = new SplittableRandom(7);
        for (int cut = 0; cut <= page.length(); cut++) {
            assertThat(PrometheusText.read(page.substring(0, cut), _ -> true)).isNotNull();
            var changed = new StringBuilder(page);
            for (int i = 0; i < 3; i++) {
                changed.setCharAt(random.nextInt(page.length()), (char) (random.nextInt(96) + 9));
            }
            assertThat(PrometheusText.read(changed.toString(), _ -> true)).isNotNull();
        }
    }

    private static MetricSamples read(String text) {
        return switch (PrometheusText.read(text, _ -> true)) {
            case Page.Read(MetricSamples samples) -> samples;
            case Page.Malformed(String reason) -> throw new AssertionError(reason);
        };
    }
}
