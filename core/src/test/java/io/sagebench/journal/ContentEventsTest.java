package io.sagebench.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentEventsTest {
    private final ContentEvents content = new ContentEvents();

    @Test
    void withoutContentThereIsNoFirstAndNoLast() {
        assertThat(content.firstTokenAtNanos()).isEmpty();
        assertThat(content.lastContentAtNanos()).isEmpty();
        assertThat(content.events()).isZero();
    }

    @Test
    void keepsEveryEventAndWhatTheServerSaidOfIt() {
        for (int i = 0; i < 1000; i++) {
            if (i % 3 == 0) {
                content.event(i, i + 1);
            } else {
                content.event(i);
            }
        }
        assertThat(content.events()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(content.eventAtNanos(i)).isEqualTo(i);
            assertThat(content.tokensOf(i)).as("0 when not said").isEqualTo(i % 3 == 0 ? i + 1 : 0);
        }
        assertThat(content.firstTokenAtNanos()).hasValue(0);
        assertThat(content.lastContentAtNanos()).hasValue(999);
    }

    @Test
    void aWholeBodyIsTheLastContentAndNoFirstToken() {
        content.wholeBody(0);
        assertThat(content.firstTokenAtNanos()).isEmpty();
        assertThat(content.lastContentAtNanos()).hasValue(0);
    }
}
