package io.sagebench.workload;

import io.sagebench.engine.PromptContent;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;

/// What a prompt made of blocks says, without its text: its tokens equal those of another prompt where both have blocks of the same id at the same
/// place within the block.
///
/// @param own gives the words after the last block
record BlocksContent(PromptBody.Blocks blocks, Seed own) implements PromptContent {
    @Override
    public long digest(int from, int to) {
        int size = blocks.trace().blockTokens();
        int count = blocks.trace().blocks(blocks.index());
        long digest = (long) to - from;
        int at = from;
        while (at < to) {
            int block = at / size;
            if (block >= count) {
                int begins = count * size;
                return Mix.of(Mix.of(Mix.of(digest, own.value()), at - begins), to - begins);
            }
            int end = Math.min(to, (block + 1) * size);
            digest = Mix.of(Mix.of(digest, blocks.trace().block(blocks.index(), block)), (long) (at - block * size) << 32 | (end - block * size));
            at = end;
        }
        return digest;
    }
}
