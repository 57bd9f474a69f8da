package io.sagebench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptContentTest {

    @Test
    void textsThatBeginAlikeShareTheTokensOfTheirCommonBeginning() {
        var one = PromptContent.ofText("the and for are but");
        var other = PromptContent.ofText("the and for you all");
        assertThat(one.digest(0, 3)).isEqualTo(other.digest(0, 3));
        assertThat(one.digest(0, 4)).isNotEqualTo(other.digest(0, 4));
    }

    @Test
    void whatComesBeforeDoesNotEnterTheDigest() {
        assertThat(PromptContent.ofText("aaaaccccdddd").digest(1, 3))
                .isEqualTo(PromptContent.ofText("bbbbccccdddd").digest(1, 3));
    }

    @Test
    void aTextMayEndWithinATokenOrBeforeIt() {
        var text = PromptContent.ofText("abcde");
        assertThat(text.digest(0, 2)).isNotEqualTo(PromptContent.ofText("abcdf").digest(0, 2));
        assertThat(text.digest(0, 2)).isNotEqualTo(text.digest(0, 3));
    }

    @Test
    void orderMatters() {
        assertThat(PromptContent.ofText("aaaabbbb").digest(0, 2))
                .isNotEqualTo(PromptContent.ofText("bbbbaaaa").digest(0, 2));
        assertThat(PromptContent.ofTokens(new int[] {1, 2}).digest(0, 2))
                .isNotEqualTo(PromptContent.ofTokens(new int[] {2, 1}).digest(0, 2));
    }

    @Test
    void tokensThatBeginAlikeShareTheirCommonBeginning() {
        var one = PromptContent.ofTokens(new int[] {5, 6, 7});
        var other = PromptContent.ofTokens(new int[] {5, 6, 8, 9});
        assertThat(one.digest(0, 2)).isEqualTo(other.digest(0, 2));
        assertThat(one.digest(0, 3)).isNotEqualTo(other.digest(0, 3));
    }
}
