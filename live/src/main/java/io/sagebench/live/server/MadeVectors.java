package io.sagebench.live.server;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.live.server.GatewayRequest.Form;

/// The vectors of all texts of a request, as one object: the same that a mock engine with the usual seed gives.
final class MadeVectors implements MadeAnswer {
    private static final TextVectors VECTORS = new TextVectors(MockEngineOptions.DEFAULT.seed());

    private final String model;
    private final Form.Vectors form;
    private final GatewayAnswer answer;

    MadeVectors(String model, Form.Vectors form, GatewayAnswer answer) {
        this.model = model;
        this.form = form;
        this.answer = answer;
    }

    @Override
    public boolean isStreamed() {
        return false;
    }

    @Override
    public void tokens(int count) {
        // there are none
    }

    @Override
    public void finish(EngineResult result) {
        int dimensions = form.dimensions().orElseGet(() -> dimensionsOf(model));
        answer.reply(Reply.json(
                200,
                TextVectors.json(
                        model,
                        form.inputs().size(),
                        i -> VECTORS.of(form.inputs().get(i).text(), dimensions),
                        form.base64(),
                        result.promptTokens())));
    }

    @Override
    public void endEarly() {
        throw new IllegalStateException("not streamed");
    }

    private static int dimensionsOf(String model) {
        return EmbeddingProfiles.all().stream()
                .filter(profile -> profile.model().equals(model))
                .mapToInt(EmbeddingProfile::dimensions)
                .findFirst()
                .orElse(MockEngineOptions.DEFAULT.embeddingDimensions());
    }
}
