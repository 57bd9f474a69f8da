package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sagebench.request.ChatTurn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
    private static final List<ChatTurn> CHAT = List.of(
            new ChatTurn("system", "Be brief."),
            new ChatTurn("user", "Hi {{ bos_token }}"),
            new ChatTurn("assistant", " Hello. "),
            new ChatTurn("user", "And \"you\"?"));

    @Test
    void aModelWithoutTemplateGetsALineForEachMessage() {
        ChatTemplate plain = ChatTemplate.of(Optional.empty(), Map.of());
        assertThat(plain.isPlain()).isTrue();
        assertThat(plain.render(CHAT)).isEqualTo("""
                system: Be brief.
                user: Hi {{ bos_token }}
                assistant:  Hello.\s
                user: And "you"?
                assistant:""");
    }

    /// The ChatML form that Qwen and many others have.
    @Test
    void rendersChatMl() {
        String template = """
                {%- if messages[0]['role'] == 'system' %}
                    {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
                {%- else %}
                    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}
                {%- endif %}
                {%- for message in messages %}
                    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant") %}
                        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                    {%- endif %}
                {%- endfor %}
                {%- if add_generation_prompt %}
                    {{- '<|im_start|>assistant\\n' }}
                {%- endif %}
                """;
        assertThat(render(template)).isEqualTo("""
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                Hi {{ bos_token }}<|im_end|>
                <|im_start|>assistant
                 Hello. <|im_end|>
                <|im_start|>user
                And "you"?<|im_end|>
                <|im_start|>assistant
                """);
    }

    /// With the slices, assignments and trimming of Llama's.
    @Test
    void rendersLlama3() {
        String template =
                "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";
        assertThat(render(template))
                .startsWith("<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user")
                .contains("assistant<|end_header_id|>\n\nHello.<|eot_id|>")
                .endsWith("<|start_header_id|>assistant<|end_header_id|>\n\n");
    }

    @Test
    void stripsBlanksAsPythonsJinjaDoes() {
        String template = """
                {# a remark #}
                {% for message in messages %}
                  {% if message.role == 'user' %}
                [{{ message.content.upper() }}]
                  {%- endif -%}
                {% endfor %}
                """;
        assertThat(render(template)).isEqualTo("[HI {{ BOS_TOKEN }}][AND \"YOU\"?]");
    }

    @Test
    void whatLooksLikeAnEndWithinAStringIsNone() {
        assertThat(render("{{- '%} }}' }}\n{{ 'x' -}}\n y")).isEqualTo("%} }}\nxy");
    }

    @Test
    void saysWhyATemplateRefusesAChat() {
        String template = "{% for message in messages %}{% if message['role'] == 'system' %}"
                + "{{ raise_exception('System role not supported') }}{% endif %}{% endfor %}";
        assertThatIllegalArgumentException().isThrownBy(() -> render(template)).withMessageContaining("System role not supported");
    }

    @Test
    void aTemplateThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> render("{% for message in messages %}{{ message.role }"))
                .withMessageContaining("the chat template refuses it");
    }

    private static String render(String template) {
        return ChatTemplate.of(Optional.of(template), Map.of("bos_token", "<s>")).render(CHAT);
    }
}
