package io.sagebench.inference;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import io.sagebench.request.ChatTurn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the text of a chat as its model was trained to read it: by the model's own Jinja template, or in a plain form where it has none. Safe for use
/// by any thread.
public final class ChatTemplate {
    private static final String REFUSAL = "the chat template refuses it: ";

    private final Optional<String> template;
    private final Map<String, String> specialTokens;
    private final Jinjava engine = engine();

    private ChatTemplate(Optional<String> template, Map<String, String> specialTokens) {
        this.template = template.map(TemplateText::ready);
        this.specialTokens = Map.copyOf(specialTokens);
    }

    /// The template of a model; the plain form when it has none: each message a line `role: text`, and at the end `assistant:`.
    public static ChatTemplate of(LoadedModel model) {
        return of(model.chatTemplate(), model.specialTokens());
    }

    /// @param template      in Jinja, with what Hugging Face's libraries add to it; absent for the plain form
    /// @param specialTokens texts of special tokens, such as `bos_token`
    static ChatTemplate of(Optional<String> template, Map<String, String> specialTokens) {
        return new ChatTemplate(template, specialTokens);
    }

    /// Whether the model has none of its own.
    public boolean isPlain() {
        return template.isEmpty();
    }

    /// The text, up to where the model's answer begins.
    ///
    /// @throws IllegalArgumentException when the template takes no such chat; the message says why
    public String render(List<ChatTurn> turns) {
        if (template.isEmpty()) {
            return turns.stream().map(turn -> turn.role() + ": " + turn.text() + "\n").collect(Collectors.joining()) + "assistant:";
        }
        var known = new LinkedHashMap<String, Object>(specialTokens);
        known.put(
                "messages",
                turns.stream().map(turn -> Map.of("role", turn.role(), "content", turn.text())).toList());
        known.put("add_generation_prompt", true);
        RenderResult result = engine.renderForResult(template.get(), known);
        List<TemplateError> fatal = result.getErrors().stream()
                .filter(error -> error.getSeverity() == TemplateError.ErrorType.FATAL)
                .toList();
        if (!fatal.isEmpty()) {
            throw new IllegalArgumentException(REFUSAL + reason(fatal.getFirst()));
        }
        return result.getOutput();
    }

    /// What templates call to refuse a chat.
    @SuppressWarnings("DoNotCallSuggester") // templates call it
    public static String refuse(String message) {
        throw new IllegalArgumentException(message);
    }

    private static String reason(TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return error.getMessage() + " (line " + error.getLineno() + ")";
    }

    private static Jinjava engine() {
        var config = JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false) // what people say is not a template
                .withMaxRenderDepth(50)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withUsePyishObjectMapper(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withKeepNullableLoopValues(true)
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .build())
                .build();
        var made = new Jinjava(config);
        made.registerFunction(new ELFunctionDefinition("", "raise_exception", ChatTemplate.class, "refuse", String.class));
        return made;
    }
}
