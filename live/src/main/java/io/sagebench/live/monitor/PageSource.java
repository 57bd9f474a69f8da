package io.sagebench.live.monitor;

import io.sagebench.live.engine.metrics.MetricSamples;
import io.sagebench.live.engine.metrics.PrometheusText;
import io.sagebench.live.engine.metrics.PrometheusText.Page;
import io.sagebench.live.engine.metrics.ReportedPage;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.monitor.Sample;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A page of metrics, asked for again and again: an engine's, or a DCGM exporter's. Used by one thread.
final class PageSource implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final double PERCENT = 100;

    private final URI url;
    private final HttpClient http;

    PageSource(URI url) {
        this.url = url;
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    }

    /// What it says now: of the engine and of its GPUs, or why it says nothing. Blocks, up to some seconds.
    List<Sample> read() {
        try {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return answer.statusCode() == OK
                    ? of(answer.body(), url, System.nanoTime())
                    : missed("it answered with status " + answer.statusCode());
        } catch (IOException failed) {
            return missed("it did not answer: " + why(failed));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of(); // it is being closed
        }
    }

    private static String why(IOException failed) {
        if (failed.getMessage() != null) {
            return failed.getMessage();
        }
        return failed instanceof ConnectException ? "no connection" : failed.getClass().getSimpleName();
    }

    private List<Sample> missed(String why) {
        return List.of(new Sample.Missed(System.nanoTime(), url.toString(), why));
    }

    /// What a page says.
    static List<Sample> of(String text, URI url, long atNanos) {
        return switch (PrometheusText.read(text, name -> DcgmPage.mayKnow(name) || ServerKind.mayKnow(name))) {
            case Page.Malformed(String reason) -> List.of(new Sample.Missed(atNanos, url.toString(), "it cannot be read: " + reason));
            case Page.Read(MetricSamples page) -> {
                Optional<ReportedPage> engine = ReportedPage.of(page);
                List<Sample.Gpu> gpus = DcgmPage.gpus(page, String.valueOf(url.getHost()), atNanos);
                if (engine.isEmpty() && gpus.isEmpty()) {
                    yield List.of(new Sample.Missed(atNanos, url.toString(), "it has no metrics of an engine or a GPU that are known"));
                }
                var samples = new ArrayList<Sample>(gpus);
                samples.add(new Sample.Page(
                        atNanos,
                        url.toString(),
                        engine.map(reported -> reported.kind().wireName()).orElse(DcgmPage.KIND),
                        engine.map(reported -> number(reported.running())).orElse(OptionalDouble.empty()),
                        engine.map(reported -> number(reported.waiting())).orElse(OptionalDouble.empty()),
                        engine.map(reported -> percent(reported.kvUsage())).orElse(OptionalDouble.empty())));
                yield samples;
            }
        };
    }

    private static OptionalDouble number(OptionalLong count) {
        return count.isPresent() ? OptionalDouble.of((double) count.getAsLong()) : OptionalDouble.empty();
    }

    private static OptionalDouble percent(OptionalDouble share) {
        return share.isPresent() ? OptionalDouble.of(PERCENT * share.getAsDouble()) : OptionalDouble.empty();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
