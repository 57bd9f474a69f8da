package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Asks a card for thousands of operations by chance, and keeps books of its own: what lies on the device, and when the link is free.
class SimulatedCardPropertiesTest {
    private static final int OPERATIONS = 6_000;
    private static final long FIXED_NANOS = 1_000_000;
    private static final List<String> MODELS = List.of("a", "b", "c");
    private static final Map<String, Long> WEIGHT_BYTES = Map.of("a", 4_000L, "b", 3_000L, "c", 9_000L);

    /// One run over a card.
    private static final class Drive {
        private final CardTrial trial = new CardTrial();
        private final SimulatedCard card = trial.card;
        private final SplittableRandom chance;
        private final boolean releasesAnything;
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        /// When the weights of a model are on the device by the books, for those that take room there.
        private final Map<String, Long> weightsAtNanos = new TreeMap<>();
        private long linkFreeAtNanos;
        private int begun;
        private int refused;
        private int ended;

        Drive(long seed, boolean releasesAnything) {
            this.chance = new SplittableRandom(seed);
            this.releasesAnything = releasesAnything;
            for (int i = 0; i < OPERATIONS; i++) {
                trial.timeline.at(chance.nextLong(6_000_000_000L), this::ask);
            }
            trial.timeline.runUntil(() -> {
                checkMemory();
                return false;
            });
        }

        /// A sequence, and what it takes on the device by the books.
        private static final class Entry {
            final SteppedSequence sequence;
            long bytes;
            boolean computing;

            Entry(SteppedSequence sequence) {
                this.sequence = sequence;
            }

            long bytesPerToken() {
                return sequence.model().equals("b") ? 5 : 10;
            }
        }

        private void ask() {
            switch (chance.nextInt(10)) {
                case 0 -> entries.add(new Entry(trial.sequence(
                        MODELS.get(chance.nextInt(3)), chance.nextInt(1, 300), chance.nextInt(1, 40))));
                case 1 -> switchTo(MODELS.get(chance.nextInt(3)));
                case 2 -> prefetch(MODELS.get(chance.nextInt(3)));
                case 3 -> card.prefetched().stream().findFirst().ifPresent(model -> {
                    card.drop(model);
                    weightsAtNanos.remove(model);
                });
                case 4, 5 -> any(entry -> isIdleFor(entry) && entry.sequence.contextTokens() == 0, this::prefill);
                case 6 -> step();
                case 7 -> any(entry -> !entry.computing && entry.sequence.kvPlace() == KvPlace.ON_DEVICE, this::kvOut);
                case 8 -> any(entry -> entry.sequence.kvPlace() == KvPlace.ON_HOST, this::kvIn);
                default -> any(
                        entry -> releasesAnything || (entry.sequence.isComplete() && !entry.computing && !isMoving(entry)), this::release);
            }
        }

        private void switchTo(String model) {
            if (card.isBusy() || card.loaded().stream().anyMatch(model::equals)) {
                return;
            }
            Long ready = weightsAtNanos.get(model);
            long weightsNanos = ready == null ? linkFreeFrom() + 1_000 * bytesOf(model) : Math.max(now(), ready);
            if (!releasesAnything) {
                assertThat(now() + card.switchNanos(model)).isEqualTo(weightsNanos + FIXED_NANOS);
            }
            String before = card.loaded().orElse("");
            if (operation("switch to " + model, weightsNanos + FIXED_NANOS, done -> card.switchTo(model, done), () -> {})) {
                weightsAtNanos.remove(before);
                weightsAtNanos.put(model, weightsNanos);
                linkFreeAtNanos = ready == null ? weightsNanos : linkFreeAtNanos;
            }
        }

        private void prefetch(String model) {
            if (!weightsAtNanos.containsKey(model)) {
                long endNanos = linkFreeFrom() + 1_000 * bytesOf(model);
                if (operation("prefetch " + model, endNanos, done -> card.prefetch(model, done), () -> {})) {
                    weightsAtNanos.put(model, endNanos);
                    linkFreeAtNanos = endNanos;
                }
            }
        }

        private void prefill(Entry entry) {
            int prompt = entry.sequence.job().promptTokens();
            long endNanos = now() + card.costs().prefillNanos(entry.sequence.model(), prompt);
            compute("prefill", List.of(entry), prompt, endNanos, done -> card.prefill(entry.sequence, done));
        }

        private void step() {
            List<Entry> batch = entries.stream()
                    .filter(entry -> isIdleFor(entry) && entry.sequence.kvPlace() == KvPlace.ON_DEVICE && !entry.sequence.isComplete())
                    .toList();
            if (!batch.isEmpty()) {
                List<SteppedSequence> sequences = batch.stream().map(entry -> entry.sequence).toList();
                compute("step", batch, 1, now() + card.costs().stepNanos(sequences), done -> card.step(sequences, done));
            }
        }

        private void compute(String what, List<Entry> batch, int tokens, long endNanos, Predicate<Runnable> begin) {
            boolean began = operation(what, endNanos, begin, () -> batch.forEach(entry -> entry.computing = false));
            if (began) {
                batch.forEach(entry -> {
                    entry.computing = true;
                    entry.bytes += tokens * entry.bytesPerToken();
                });
            }
        }

        private void kvOut(Entry entry) {
            linkFreeAtNanos = linkFreeFrom() + 1_000 * entry.bytes;
            operation(
                    "out",
                    linkFreeAtNanos,
                    done -> {
                        card.kvOut(entry.sequence, done);
                        return true;
                    },
                    () -> entry.bytes = 0);
        }

        private void kvIn(Entry entry) {
            long bytes = entry.sequence.contextTokens() * entry.bytesPerToken();
            long endNanos = linkFreeFrom() + 1_000 * bytes;
            if (operation("in", endNanos, done -> card.kvIn(entry.sequence, done), () -> {})) {
                linkFreeAtNanos = endNanos;
                entry.bytes = bytes;
            }
        }

        private void release(Entry entry) {
            card.release(entry.sequence);
            entries.remove(entry);
        }

        private boolean operation(String what, long endNanos, Predicate<Runnable> begin, Runnable booked) {
            int number = begun;
            boolean[] hasEnded = {false};
            boolean began = begin.test(() -> {
                assertThat(hasEnded[0]).as("%s %s ends again", number, what).isFalse();
                hasEnded[0] = true;
                ended++;
                log.add(now() + " " + number + " " + what);
                booked.run();
                if (!releasesAnything) {
                    assertThat(now()).as("end of %s %s", number, what).isEqualTo(endNanos);
                }
            });
            assertThat(hasEnded[0]).as("%s ends before it has begun", what).isFalse();
            if (began) {
                begun++;
            } else {
                refused++;
            }
            return began;
        }

        private void any(Predicate<Entry> suits, Consumer<Entry> then) {
            List<Entry> found = entries.stream().filter(suits).toList();
            if (!found.isEmpty()) {
                then.accept(found.get(chance.nextInt(found.size())));
            }
        }

        private void checkMemory() {
            assertThat(card.freeKvBytes()).isBetween(0L, 10_000L);
            if (!releasesAnything) {
                long kvBytes = entries.stream().mapToLong(entry -> entry.bytes).sum();
                assertThat(card.freeKvBytes()).isEqualTo(10_000 - weightBytes() - kvBytes);
            }
        }

        private long weightBytes() {
            return weightsAtNanos.keySet().stream().mapToLong(Drive::bytesOf).sum();
        }

        private static long bytesOf(String model) {
            return WEIGHT_BYTES.getOrDefault(model, 0L);
        }

        private boolean isIdleFor(Entry entry) {
            return !card.isBusy() && card.loaded().stream().anyMatch(entry.sequence.model()::equals);
        }

        private static boolean isMoving(Entry entry) {
            return entry.sequence.kvPlace() == KvPlace.MOVING_OUT || entry.sequence.kvPlace() == KvPlace.MOVING_IN;
        }

        private long linkFreeFrom() {
            return Math.max(linkFreeAtNanos, now());
        }

        private long now() {
            return trial.timeline.nowNanos();
        }

        /// All that was begun has ended, and nothing but weights stays behind.
        void checkEnd() {
            assertThat(ended).isEqualTo(begun).isGreaterThan(OPERATIONS / 10);
            assertThat(log.stream().map(line -> line.split(" ", 3)[2]))
                    .contains("switch to a", "switch to b", "switch to c", "prefetch a", "prefetch b", "prefill", "step", "out", "in");
            assertThat(refused).as("the card is full now and then").isPositive();
            entries.forEach(entry -> card.release(entry.sequence));
            assertThat(card.freeKvBytes()).isEqualTo(10_000 - weightBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void memoryIsNeverOverfullTheLinkCarriesOneThingAndEachOperationEndsOnceAndInTime(long seed) {
        new Drive(seed, false).checkEnd();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void sequencesMayBeReleasedAtAnyTime(long seed) {
        new Drive(seed, true).checkEnd();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 11})
    void theSameChoicesGiveTheSameTimes(long seed) {
        assertThat(new Drive(seed, true).log).isEqualTo(new Drive(seed, true).log).isNotEmpty();
    }
}
