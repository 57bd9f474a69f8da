package io.sagebench.engine.sim;

import io.sagebench.engine.EngineModel;

/// Forecasts for an engine made by a profile: the steps that its scheduler would take, added up in closed form.
///
/// The prompts ahead and the new one fill steps up to the token budget that the decoding sequences leave, and each step takes as long as
/// [StepTime] says. Query-key pairs add up to half the squared lengths of the prompts however they are cut into chunks. What decodes grows by
/// a token each step, and by the prompts that finish on the way, half of them on average. A step that is under way when the request comes
/// ends on average after half its time, and so has half of the prompts that fit into it behind it.
///
/// While a request decodes, those beside it end and others take their places: as many each step as end in a steady state, in which answers are on average
/// half sent, and with prompts as long as those that are there. Their prefill is part of the time per output token.
final class ProfileModel implements EngineModel {
    private final StepTime stepTime;
    private final EngineProfile profile;
    private final int tokensPerDecode;
    private final double tokensPerStep;

    /// @param profile what the engine is made of
    ProfileModel(EngineProfile profile) {
        this.profile = profile;
        this.stepTime = profile.stepTime();
        int drafts = profile.speculation().map(EngineProfile.Speculation::draftTokens).orElse(0);
        double acceptance = profile.speculation().map(EngineProfile.Speculation::acceptance).orElse(0.0);
        double accepted = 1;
        for (int i = 1; i <= drafts; i++) {
            accepted += Math.pow(acceptance, i);
        }
        this.tokensPerDecode = 1 + drafts;
        this.tokensPerStep = accepted;
    }

    @Override
    public double ttftNanos(Load load, int promptTokens, int cachedTokens) {
        double apiNanos = profile.overhead().apiNanos();
        double alone = prefillNanos(load, 0, 0, promptTokens, cachedTokens);
        long underWayTokens = Math.min(load.queuedPrefillTokens(), budget(load)) / 2;
        double together = prefillNanos(
                load, load.queuedPrefillTokens() - underWayTokens, load.queuedPrompts(), promptTokens, cachedTokens);
        double underWay = load.decoding() == 0 ? 0 : stepNanos(load) / 2;
        // What is ahead goes on while the request is still tokenised.
        return Math.max(apiNanos + alone, together) + underWay + profile.overhead().tokenDelayNanos();
    }

    @Override
    public double tpotNanos(Load load, int promptTokens, int outputTokens) {
        int sequences = load.decoding() + load.queuedPrompts() + 1;
        long context = load.contextTokens() + load.queuedPrefillTokens() + promptTokens + outputTokens / 2;
        double perStep = stepTime.nanos(sequences * tokensPerDecode, sequences, context, 0, 0, sequences);
        if (sequences == 1 || load.outputTokensLeft() == 0) {
            return perStep / tokensPerStep;
        }
        int others = sequences - 1;
        double left = (double) load.outputTokensLeft() / others;
        double prompt = Math.max(1, (double) (load.contextTokens() + load.queuedPrefillTokens()) / others - left);
        double newcomer = 1e3 * stepTime.g1Micros() * prompt + 1e6 * stepTime.aPf() + stepTime.aQkNanos() * prompt * prompt / 2;
        double newcomersPerStep = others * tokensPerStep / (2 * left);
        return (perStep + newcomersPerStep * newcomer) / tokensPerStep;
    }

    /// Prompt tokens that a step takes.
    private int budget(Load load) {
        return Math.max(1, profile.scheduler().maxNumBatchedTokens() - load.decoding() * tokensPerDecode);
    }

    /// A step in which what decodes now decodes, and nothing else.
    private double stepNanos(Load load) {
        int sequences = Math.max(1, load.decoding());
        return stepTime.nanos(sequences * tokensPerDecode, sequences, load.contextTokens(), 0, 0, sequences);
    }

    /// All steps until prompts of `queuedTokens` tokens and the new one after them are computed.
    private double prefillNanos(Load load, long queuedTokens, int queuedPrompts, int promptTokens, int cachedTokens) {
        int decodeTokens = load.decoding() * tokensPerDecode;
        int budget = budget(load);
        int uncached = Math.max(1, promptTokens - cachedTokens);
        long tokens = queuedTokens + uncached;
        long full = tokens / budget;
        int rest = (int) (tokens % budget);
        long steps = full + (rest > 0 ? 1 : 0);
        double meanQueued = queuedPrompts == 0 ? 0 : (double) queuedTokens / queuedPrompts;
        double pairs = (queuedTokens * meanQueued + (double) promptTokens * promptTokens - (double) cachedTokens * cachedTokens) / 2;
        boolean several = steps > 1;
        int prompts = queuedPrompts + 1;
        int sequences = load.decoding() + (several ? queuedPrompts / 2 : 0);
        long context = load.contextTokens() + load.decoding() * (steps - 1) / 2 + (several ? queuedTokens / 2 : 0);
        int promptsEach = (int) ((prompts + steps - 1) / steps);
        double nanos = 0;
        if (full > 0) {
            nanos += full
                    * (double) stepTime.nanos(
                            budget + decodeTokens, sequences + promptsEach, context, promptsEach, pairs / steps, sequences + promptsEach);
        }
        if (rest > 0) {
            nanos += stepTime.nanos(
                    rest + decodeTokens, sequences + promptsEach, context, promptsEach, pairs / steps, sequences + promptsEach);
        }
        return nanos;
    }
}
