package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;

/// What a mock engine reads and says: tokens of four characters, made-up words and vectors.
final class MadeUpText implements PortText {
    private final Generations generations;
    private final Embeddings embeddings;
    private final MadeUpTokens tokens;

    MadeUpText(MockEngineOptions options, EngineDescription engine) {
        var lengths = new AnswerLengths(options, engine);
        generations = new Generations(
                Prompts.ESTIMATED,
                (request, _) -> lengths.plan(request),
                options.answers(),
                options.requestIdHeaders());
        embeddings = new Embeddings(options, lengths);
        tokens = new MadeUpTokens(engine);
    }

    @Override
    public Reading reading() {
        return Reading.AT_ONCE;
    }

    @Override
    public Inference chat(HttpCall call) throws BadRequest {
        return generations.chat(call);
    }

    @Override
    public Inference completion(HttpCall call) throws BadRequest {
        return generations.completion(call);
    }

    @Override
    public Inference embeddings(HttpCall call) throws BadRequest {
        return embeddings.read(call);
    }

    @Override
    public Reply tokenize(HttpCall call) throws BadRequest {
        return tokens.tokenize(JsonBody.of(call));
    }

    @Override
    public boolean detokenizes() {
        return false;
    }

    @Override
    public Reply detokenize(HttpCall call) {
        throw new IllegalStateException("nothing leads back from made-up tokens to text");
    }

    @Override
    public void close() {}
}
