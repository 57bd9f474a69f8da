package io.sagebench.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFinderTest {
    private static final String GRAPH = "a graph of some length";

    @TempDir
    private Path cache;

    private FakeHub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub()
                .with("README.md", "not needed")
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"a\": 1}")
                .with("pytorch_model.bin", "not needed either")
                .with("onnx/model.onnx", GRAPH)
                .with("onnx/model.onnx_data", "weights")
                .with("onnx/model_quantized.onnx", "another precision");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private HubSettings settings() {
        return new HubSettings(hub.endpoint(), cache, Optional.of("secret"), false);
    }

    private FoundModel find(String name) throws ModelUnavailable {
        return new ModelFinder(settings(), DownloadListener.NONE).find(name);
    }

    @Test
    void fetchesWhatAModelNeedsAndNoMore() throws Exception {
        Path folder = cache.resolve("models--org--model/snapshots/" + FakeHub.REVISION);

        assertThat(find("org/model")).isEqualTo(new FoundModel.InFolder("org/model", folder));
        assertThat(folder.resolve("onnx/model.onnx")).hasContent(GRAPH);
        assertThat(folder.resolve("onnx/model.onnx_data")).hasContent("weights");
        assertThat(folder.resolve("config.json")).hasContent("{}");
        assertThat(folder.resolve("README.md")).doesNotExist();
        assertThat(folder.resolve("pytorch_model.bin")).doesNotExist();
        assertThat(folder.resolve("onnx/model_quantized.onnx")).doesNotExist();
        assertThat(cache.resolve("models--org--model/refs/main")).hasContent(FakeHub.REVISION);
    }

    @Test
    void findsWhatItFetchedWithoutAskingAgain() throws Exception {
        FoundModel fetched = find("org/model");
        hub.asked.clear();

        assertThat(find("org/model")).isEqualTo(fetched);
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void sendsTheTokenToTheHubButNotToWhereItRedirects() throws Exception {
        find("org/model");

        assertThat(hub.asked)
                .contains("hub config.json with token", "hub onnx/model.onnx with token", "store onnx/model.onnx")
                .doesNotContain("store onnx/model.onnx with token");
    }

    @Test
    void goesOnWithADownloadThatBrokeOff() throws Exception {
        hub.breakingOff("onnx/model.onnx");
        assertThatThrownBy(() -> find("org/model")).isInstanceOf(ModelUnavailable.class).hasMessageContaining("not on this machine");
        assertThat(cache.resolve("models--org--model/refs/main")).doesNotExist();

        assertThat(find("org/model")).isInstanceOf(FoundModel.InFolder.class);
        assertThat(hub.asked).contains("store onnx/model.onnx bytes=" + GRAPH.length() / 2 + "-");
        assertThat(cache.resolve("models--org--model/snapshots/" + FakeHub.REVISION + "/onnx/model.onnx")).hasContent(GRAPH);
    }

    @Test
    void keepsNothingThatCameDamaged() throws Exception {
        hub.damaging("onnx/model.onnx", GRAPH.replace("graph", "gruff"));

        assertThatThrownBy(() -> find("org/model")).isInstanceOf(ModelUnavailable.class).hasMessageContaining("came damaged");
        try (var blobs = Files.list(cache.resolve("models--org--model/blobs"))) {
            assertThat(blobs).noneMatch(blob -> blob.toString().endsWith(".incomplete"));
        }
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        List<String> told = new ArrayList<>();
        new ModelFinder(settings(), (path, bytes, of) -> told.add(path + " " + bytes + "/" + of)).find("org/model");

        assertThat(told).contains("onnx/model.onnx " + GRAPH.length() + "/" + GRAPH.length());
    }

    @Test
    void refusesAFileOutsideTheRepository() throws Exception {
        hub.with("onnx/model.onnx_data/../../../../../../escaped", "x");

        assertThatThrownBy(() -> find("org/model")).isInstanceOf(ModelUnavailable.class).hasMessageContaining("outside its repository");
        assertThat(cache.resolve("escaped")).doesNotExist();
    }

    @Test
    void offlineNamesTheFolderToFillAndTheCommandThatMakesAnExport() {
        var offline = new ModelFinder(
                new HubSettings(hub.endpoint(), cache, Optional.empty(), true), DownloadListener.NONE);

        assertThatThrownBy(() -> offline.find("gpt2"))
                .isInstanceOf(ModelUnavailable.class)
                .hasMessageContaining(cache.resolve("models--gpt2").toString())
                .hasMessageContaining("optimum-cli export onnx --model gpt2");
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void withoutANetworkItSaysSo() {
        var nowhere = new ModelFinder(
                new HubSettings(URI.create("http://localhost:1"), cache, Optional.empty(), false), DownloadListener.NONE);

        assertThatThrownBy(() -> nowhere.find("facebook/opt-125m"))
                .isInstanceOf(ModelUnavailable.class)
                .hasMessageContaining("http://localhost:1 did not bring it: ConnectException")
                .hasMessageContaining(cache.resolve("models--facebook--opt-125m").toString());
    }

    @Test
    void aRepositoryThatIsNotThereOrNotOpen() {
        assertThatThrownBy(() -> find("org/other")).hasMessageContaining("has no such repository");
        assertThatThrownBy(() -> find("org/secret")).hasMessageContaining("HF_TOKEN").hasMessageNotContaining("Bearer");
    }

    @Test
    void aRepositoryWithoutAnExport() throws Exception {
        try (var bare = new FakeHub().with("config.json", "{}").with("model.safetensors", "x")) {
            var finder = new ModelFinder(new HubSettings(bare.endpoint(), cache, Optional.empty(), false), DownloadListener.NONE);

            assertThatThrownBy(() -> finder.find("org/model")).hasMessageContaining("has no ONNX export");
        }
    }

    @Test
    void aFolderIsTakenAsItIs() throws Exception {
        assertThat(find(cache.toString())).isEqualTo(new FoundModel.InFolder(cache.toString(), cache));
    }

    @Test
    void theShippedModelStandsInForTheOtherTinyOneAndSaysSo() throws Exception {
        assertThat(find("sage-tiny")).isEqualTo(new FoundModel.Shipped(Optional.empty()));
        assertThat(find("sshleifer/tiny-gpt2")).isEqualTo(new FoundModel.Shipped(Optional.of("sshleifer/tiny-gpt2")));
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void neitherFolderNorRepository() {
        assertThatThrownBy(() -> find("./no/such/folder")).hasMessageContaining("model path invalid: there is no folder './no/such/folder'");
        assertThatThrownBy(() -> find("a b")).hasMessageContaining("model path invalid");
    }

    @Test
    void theEnvironmentSaysWhereThingsAre() throws Exception {
        assertThat(HubSettings.of(Map.of("HF_ENDPOINT", "http://localhost:9/", "HF_HOME", "/h", "HF_HUB_OFFLINE", "1")))
                .isEqualTo(new HubSettings(URI.create("http://localhost:9"), Path.of("/h/hub"), Optional.empty(), true));
        assertThat(HubSettings.of(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/c")).cache()).isEqualTo(Path.of("/c"));
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "secret"))).asString().doesNotContain("secret");
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "huggingface.co"))).hasMessageContaining("HF_ENDPOINT must be");
    }
}
