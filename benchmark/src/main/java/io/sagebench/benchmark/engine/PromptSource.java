package io.sagebench.benchmark.engine;

import io.sagebench.random.Seed;
import io.sagebench.workload.PromptPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Where prompts come from.
public sealed interface PromptSource {
    /// The workload's own: common words, or what it says.
    record Own() implements PromptSource {}

    /// Questions put together from templates and topics, as people ask them.
    record Synthetic() implements PromptSource {}

    /// Letters and digits without any sense, in which no cache and no guess finds anything.
    record RandomText() implements PromptSource {}

    /// Those of a dataset of which the length is nearest to what the workload wants, each once before any comes again; longer ones are cut.
    record Given(PromptPool pool) implements PromptSource {}

    /// What it is, for reports.
    default String name() {
        return switch (this) {
            case Own _ -> "default";
            case Synthetic _ -> "synthetic";
            case RandomText _ -> "random";
            case Given(PromptPool pool) -> pool.name();
        };
    }

    /// Prompts for a workload.
    ///
    /// @param maker knows the engine's tokens
    /// @param seed  all of them follow from it
    /// @param count how many, at least 1
    default PromptSet prompts(PromptMaker maker, EngineWorkload workload, Seed seed, int count) {
        List<String> texts = switch (this) {
            case Own _ -> own(maker, workload, seed, count);
            case Synthetic _ -> made(maker, workload, seed, count, PromptSource::question);
            case RandomText _ -> made(maker, workload, seed, count, PromptSource::nonsense);
            case Given(PromptPool pool) -> given(pool, maker, workload, seed, count);
        };
        return new PromptSet(name(), texts, texts.stream().map(text -> Math.max(1, maker.count(text))).toList());
    }

    private static List<String> own(PromptMaker maker, EngineWorkload workload, Seed seed, int count) {
        if (workload.promptTokens() == 0) {
            return IntStream.range(0, count).mapToObj(_ -> workload.prompt().orElseThrow()).toList();
        }
        return IntStream.range(0, count)
                .mapToObj(i -> maker.text(seed.child(i), workload.prompt(), workload.promptTokens()))
                .toList();
    }

    /// Gives the next piece of a text.
    @FunctionalInterface
    interface Pieces {
        /// One piece, with the space before the next.
        String next(SplittableRandom chance);
    }

    private static List<String> made(PromptMaker maker, EngineWorkload workload, Seed seed, int count, Pieces pieces) {
        int tokens = length(maker, workload);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            SplittableRandom chance = seed.child(i).generator();
            var text = new StringBuilder();
            do {
                int enough = text.length() + tokens * 2; // counting is slow, so a good deal is added each time
                while (text.length() < enough) {
                    text.append(pieces.next(chance));
                }
            } while (maker.count(text.toString().strip()) < tokens);
            texts.add(maker.cut(text.toString().strip(), tokens));
        }
        return texts;
    }

    private static int length(PromptMaker maker, EngineWorkload workload) {
        return workload.promptTokens() > 0 ? workload.promptTokens() : Math.max(1, maker.count(workload.prompt().orElseThrow()));
    }

    private static String question(SplittableRandom chance) {
        return String.format(one(Questions.TEMPLATES, chance), one(Questions.TOPICS, chance)) + ' ';
    }

    private static String nonsense(SplittableRandom chance) {
        var word = new StringBuilder();
        for (int i = 3 + chance.nextInt(6); i > 0; i--) {
            word.append("abcdefghijklmnopqrstuvwxyz0123456789".charAt(chance.nextInt(36)));
        }
        return word.append(' ').toString();
    }

    private static String one(List<String> of, SplittableRandom chance) {
        return of.get(chance.nextInt(of.size()));
    }

    private static List<String> given(PromptPool pool, PromptMaker maker, EngineWorkload workload, Seed seed, int count) {
        int tokens = length(maker, workload);
        List<Long> order = nearest(pool, tokens, seed, count);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            long row = order.get(i % order.size());
            String text = pool.system(row).map(system -> system + "\n\n").orElse("") + pool.text(row);
            texts.add(maker.count(text) > tokens ? maker.cut(text, tokens) : text);
        }
        return texts;
    }

    /// Rows in the order in which they are taken: by lot those at most 30 % off the length, then the others by how far off they are.
    private static List<Long> nearest(PromptPool pool, int tokens, Seed seed, int count) {
        var near = new ArrayList<Long>();
        var far = new ArrayList<Long>();
        for (long row = 0; row < pool.size(); row++) {
            (Math.abs(pool.promptTokens(row) - tokens) <= 0.3 * tokens ? near : far).add(row);
        }
        SplittableRandom chance = seed.child("rows").generator();
        for (int i = near.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            Long swapped = near.get(i);
            near.set(i, near.get(other));
            near.set(other, swapped);
        }
        if (near.size() < count) {
            far.sort(Comparator.comparingInt(row -> Math.abs(pool.promptTokens(row) - tokens)));
            near.addAll(far.subList(0, Math.min(far.size(), count - near.size())));
        }
        return near;
    }

    /// What questions are put together from.
    final class Questions {
        static final List<String> TEMPLATES = List.of(
                "What should a beginner know about %s?",
                "Explain %s to somebody who has never heard of it.",
                "Which mistakes do people make with %s, and how can they be avoided?",
                "Compare two ways to approach %s.",
                "Write a short plan for learning %s in four weeks.",
                "Why has %s changed so much in the last years?",
                "Give three examples of %s from daily life.",
                "How would you measure progress in %s?",
                "What does %s cost, and what does it save?",
                "Tell the history of %s in a few sentences.");
        static final List<String> TOPICS = List.of(
                "public transport", "home gardening", "machine translation", "chess", "renewable energy", "bread baking", "data bases",
                "city planning", "long distance running", "music theory", "weather forecasts", "first aid", "woodwork",
                "distributed systems", "museum guides");

        private Questions() {}
    }

    /// How many of the texts are different; fewer than were asked for when a dataset is small.
    static int distinct(PromptSet prompts) {
        Set<String> different = new HashSet<>(prompts.prompts());
        return different.size();
    }
}
