package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is sent.
final class TrafficOptions {
    @Option(
            names = {"-m", "--mode"},
            paramLabel = "llm|hybrid",
            description = "hybrid sends texts to embed and prompts to complete beside chats. Default: llm.")
    private @Nullable String mode;

    @Option(
            names = "--llm-ratio",
            paramLabel = "SHARE",
            description = "In hybrid mode, the share of prompts from 0 to 1; the others are texts to embed. Default: 0.7.")
    private @Nullable String llmRatio;

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            description = "In hybrid mode. Default: BAAI/bge-m3.")
    private @Nullable String embeddingModel;

    @Option(
            names = "--embedding-batch-sizes",
            paramLabel = "N,...",
            description = "In hybrid mode, how many texts a request brings: one of these. Default: 1,4,8,16,32.")
    private @Nullable String embeddingBatchSizes;

    @Option(
            names = "--workload",
            paramLabel = "NAME|FILE",
            description = "A named workload ('workload list'), or a file of one; other options win over what it says.")
    private @Nullable String workload;

    @Option(
            names = "--dataset",
            paramLabel = "NAME|FILE",
            description = "Sends these prompts: llm_prompts, or a file (JSONL, ShareGPT, CSV). Default: made up to --prompt-len.")
    private @Nullable String dataset;

    @Option(
            names = "--embedding-dataset",
            paramLabel = "NAME|FILE",
            description = "In hybrid mode, sends these texts to embed: embed_texts, or a file. Default: made up.")
    private @Nullable String embeddingDataset;

    @Option(
            names = "--tokenizer",
            paramLabel = "PATH",
            description = "The model's tokenizer.json, or the folder with it: made-up prompts then have exactly the asked tokens,"
                    + " and answers without usage are counted.")
    private @Nullable String tokenizer;

    @Option(
            names = {"-n", "--requests"},
            paramLabel = "N",
            description = "Requests for each policy. Default: 100, or all of the trace or the ramp.")
    private @Nullable String requests;

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "RATE",
            description = "Requests per second. Default: 10.")
    private @Nullable String rate;

    @Option(
            names = "--models",
            paramLabel = "NAME=SHARE,...",
            description = "Which models are asked for. Default: any the server has.")
    private @Nullable String models;

    @Option(
            names = "--priorities",
            paramLabel = "NAME=SHARE,...",
            description = "Default: HIGH=0.2,NORMAL=0.6,LOW=0.2; there are CRITICAL and BACKGROUND too.")
    private @Nullable String priorities;

    @Option(
            names = "--slo",
            paramLabel = "NAME=MS,...",
            description = "Deadlines by priority, in milliseconds; TTFT and TPOT, and EMBEDDING_HIGH and so on for texts to embed."
                    + " Default: HIGH=500,NORMAL=1000,LOW=2000, and for texts 100, 200, 500.")
    private @Nullable String slo;

    @Option(
            names = "--prompt-len",
            paramLabel = "MIN-MAX",
            description = "Prompt lengths in tokens. Default: 50-500.")
    private @Nullable String promptLength;

    @Option(
            names = "--output-len",
            paramLabel = "MIN-MAX",
            description = "Answer lengths in tokens. Default: 50-200.")
    private @Nullable String outputLength;

    /// What was given as the rate.
    Optional<String> rate() {
        return Optional.ofNullable(rate);
    }

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.MODE, "--mode", mode);
        draft.option(Setting.LLM_RATIO, "--llm-ratio", llmRatio);
        draft.option(Setting.EMBEDDING_MODEL, "--embedding-model", embeddingModel);
        draft.option(Setting.EMBEDDING_BATCH_SIZES, "--embedding-batch-sizes", embeddingBatchSizes);
        draft.option(Setting.WORKLOAD, "--workload", workload);
        draft.option(Setting.DATASET, "--dataset", dataset);
        draft.option(Setting.EMBEDDING_DATASET, "--embedding-dataset", embeddingDataset);
        draft.option(Setting.TOKENIZER, "--tokenizer", tokenizer);
        draft.option(Setting.NUM_REQUESTS, "--requests", requests);
        draft.option(Setting.REQUEST_RATE, "--rate", rate);
        draft.option(Setting.MODEL_DISTRIBUTION, "--models", models);
        draft.option(Setting.PRIORITY_DISTRIBUTION, "--priorities", priorities);
        draft.option(Setting.PROMPT_LEN_RANGE, "--prompt-len", promptLength);
        draft.option(Setting.OUTPUT_LEN_RANGE, "--output-len", outputLength);
        if (slo != null) {
            draft.deadlines("--slo", slo);
        }
    }
}
