package io.sagebench.live.server;

/// How one of OpenAI's APIs writes an answer: what stands around the text of a choice.
enum ApiShape {
    CHAT(
            "chatcmpl-",
            "chat.completion.chunk",
            "chat.completion",
            ",\"delta\":{\"content\":\"",
            "\"},\"finish_reason\":",
            ",\"delta\":{},\"finish_reason\":",
            ",\"message\":{\"role\":\"assistant\",\"content\":\"",
            ",\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}"),
    COMPLETIONS(
            "cmpl-",
            "text_completion",
            "text_completion",
            ",\"text\":\"",
            "\",\"logprobs\":null,\"finish_reason\":",
            ",\"text\":\"\",\"logprobs\":null,\"finish_reason\":",
            ",\"text\":\"",
            "");

    /// Begins the ids of answers.
    final String idStart;
    /// The `object` of an event.
    final String eventObject;
    /// The `object` of a whole answer.
    final String wholeObject;
    /// From the index of a choice to the text of an event.
    final String eventText;
    /// From the text of an event, or of a whole answer, to the finish reason.
    final String afterText;
    /// From the index of a choice to its finish reason, in an event without text.
    final String noText;
    /// From the index of a choice to its text in a whole answer.
    final String wholeText;
    /// From the index of a choice to the end of the event before its first text; empty when there is no such event.
    final String opening;

    ApiShape(
            String idStart,
            String eventObject,
            String wholeObject,
            String eventText,
            String afterText,
            String noText,
            String wholeText,
            String opening) {
        this.idStart = idStart;
        this.eventObject = eventObject;
        this.wholeObject = wholeObject;
        this.eventText = eventText;
        this.afterText = afterText;
        this.noText = noText;
        this.wholeText = wholeText;
        this.opening = opening;
    }
}
