package io.sagebench.loadgen;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.RequestRecord;
import io.sagebench.request.Outcome;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final List<String> sent = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private final List<RequestRecord> journal = new ArrayList<>();
    private final Map<PlannedRequest, Consumer<RequestRecord>> inFlight = new LinkedHashMap<>();
    private int timesDone;
    private int cancels;

    @Test
    void sendsEachRequestAtItsTimeThoughNothingIsEverAnswered() {
        var generator = generator(planAt(10, 20, 20, 500), 1_000);
        generator.start();
        timeline.run();
        assertThat(sent).containsExactly("0 at 1010", "1 at 1020", "2 at 1020", "3 at 1500");
        assertThat(generator.sent()).isEqualTo(4);
        assertThat(generator.ended()).isZero();
        assertThat(generator.peakInFlight()).isEqualTo(4);
        assertThat(timesDone).isZero();
    }

    @Test
    void announcesWhatComesLaterButNotWhatComesAtOnce() {
        generator(planAt(2_000_000, 2_000_000, 9_000_000), 0).start();
        timeline.run();
        assertThat(announced).containsExactly("0 at 0", "2 at 2000000");
    }

    @Test
    void isDoneOnceAfterTheLastRequestHasEnded() {
        var generator = generator(planAt(10, 20), 0);
        generator.start();
        timeline.at(15, this::answerAll);
        timeline.run();
        assertThat(timesDone).as("the last one is in flight").isZero();
        answerAll();
        assertThat(timesDone).isEqualTo(1);
        assertThat(journal).hasSize(2);
        assertThat(generator.peakInFlight()).isEqualTo(1);
    }

    @Test
    void aLullWithNothingInFlightIsNotTheEnd() {
        generator(planAt(10, 1_000), 0).start();
        timeline.at(20, this::answerAll);
        timeline.at(30, () -> assertThat(timesDone).isZero());
        timeline.run();
        assertThat(sent).hasSize(2);
    }

    @Test
    void anEmptyPlanIsDoneAtOnce() {
        generator(planAt(), 0).start();
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void requestsWhoseTimeHasPassedAreSentAtOnceAndInOrder() {
        timeline.at(100, () -> generator(planAt(10, 20, 150), 0).start());
        timeline.run();
        assertThat(sent).containsExactly("0 at 100", "1 at 100", "2 at 150");
    }

    @Test
    void stoppingCancelsWhatIsInFlightAndSendsNoMore() {
        var generator = generator(planAt(10, 20, 30), 0);
        generator.start();
        timeline.at(25, generator::stop);
        timeline.run();
        assertThat(sent).hasSize(2);
        assertThat(cancels).isEqualTo(1);
        assertThat(journal).hasSize(2).allMatch(record -> record.outcome() instanceof Outcome.Cancelled);
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void stoppingBeforeTheFirstRequestIsDoneAtOnceAndOnlyOnce() {
        var generator = generator(planAt(10), 0);
        generator.start();
        generator.stop();
        generator.stop();
        timeline.run();
        assertThat(sent).isEmpty();
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void aClientThatStopsItInTheMiddleOfASendIsHeeded() {
        var generator = new ArrayList<LoadGenerator>();
        LoadClient stopping = new RecordingClient() {
            @Override
            public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
                super.send(request, ended);
                generator.getFirst().stop();
            }
        };
        generator.add(new LoadGenerator(timeline, planAt(10, 10, 10), 0, stopping, journal::add, () -> timesDone++));
        generator.getFirst().start();
        timeline.run();
        assertThat(sent).hasSize(1);
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void readsThePlanOnlyAsFarAsItMust() {
        var read = new ArrayList<Long>();
        Plan endless = plan(Long.MAX_VALUE, index -> {
            read.add(index);
            return index * 10;
        });
        var generator = generator(endless, 0);
        generator.start();
        timeline.at(35, generator::stop);
        timeline.run();
        assertThat(sent).hasSize(4);
        assertThat(read).as("one ahead").hasSize(5);
    }

    @Test
    void whatFollowsAnEndIsSentAtItsTimeAmongTheOthers() {
        Plan talk = planWithTurns(new long[] {10, 100}, 3, 40);
        generator(talk, 0).start();
        timeline.at(20, this::answerAll); // request 0: its next turn is due at 60
        timeline.at(70, this::answerAll); // and the next at 110, after request 1
        timeline.at(120, this::answerAll);
        timeline.at(200, this::answerAll);
        timeline.at(300, this::answerAll);
        timeline.run();
        assertThat(sent).containsExactly("0 at 10", "2 at 60", "1 at 100", "3 at 110", "4 at 160");
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void isNotDoneWhileANextTurnIsToCome() {
        generator(planWithTurns(new long[] {10}, 1, 1_000), 0).start();
        timeline.at(20, this::answerAll);
        timeline.at(30, () -> assertThat(timesDone).isZero());
        timeline.at(2_000, this::answerAll);
        timeline.run();
        assertThat(sent).containsExactly("0 at 10", "1 at 1020");
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void stoppingForgetsTheNextTurns() {
        var generator = generator(planWithTurns(new long[] {10}, 5, 1_000), 0);
        generator.start();
        timeline.at(20, this::answerAll);
        timeline.at(30, generator::stop);
        timeline.run();
        assertThat(sent).hasSize(1);
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void withALimitRequestsWaitForAFreeSlotAndKeepTheirIntendedTimes() {
        var generator = new LoadGenerator(timeline, planAt(10, 20, 30, 500), 0, 1, new RecordingClient(), journal::add, () -> timesDone++);
        generator.start();
        timeline.at(100, this::answerAll);
        timeline.at(200, this::answerAll);
        timeline.at(300, this::answerAll);
        timeline.at(600, this::answerAll);
        timeline.run();
        assertThat(sent).containsExactly("0 at 10", "1 at 100", "2 at 200", "3 at 500");
        assertThat(journal).extracting(record -> record.planned().intendedAtNanos()).containsExactly(10L, 20L, 30L, 500L);
        assertThat(generator.heldBack()).isEqualTo(2);
        assertThat(generator.peakInFlight()).isEqualTo(1);
        assertThat(timesDone).isEqualTo(1);
    }

    @Test
    void aLimitThatIsNeverReachedHoldsNothingBack() {
        var generator = new LoadGenerator(timeline, planAt(10, 20, 30), 0, 3, new RecordingClient(), journal::add, () -> timesDone++);
        generator.start();
        timeline.at(100, this::answerAll);
        timeline.run();
        assertThat(sent).containsExactly("0 at 10", "1 at 20", "2 at 30");
        assertThat(generator.heldBack()).isZero();
    }

    private LoadGenerator generator(Plan plan, long beginAtNanos) {
        return new LoadGenerator(timeline, plan, beginAtNanos, new RecordingClient(), journal::add, () -> timesDone++);
    }

    private void answerAll() {
        var answered = new LinkedHashMap<>(inFlight);
        inFlight.clear();
        answered.forEach((request, ended) -> ended.accept(aRecordOf(request).endedAtNanos(timeline.nowNanos()).build()));
    }

    /// A plan in which the end of request 0, and of each that follows it, gives another one after a pause.
    private static Plan planWithTurns(long[] nanos, int turns, long pauseNanos) {
        return new Plan() {
            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public Reading open(long beginAtNanos) {
                Reading first = planAt(nanos).open(beginAtNanos);
                return new Reading() {
                    private int given;

                    @Override
                    public boolean hasNext() {
                        return first.hasNext();
                    }

                    @Override
                    public PlannedRequest next() {
                        return first.next();
                    }

                    @Override
                    public Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
                        boolean ofTheTalk = ended.index() == 0 || ended.index() >= nanos.length;
                        return ofTheTalk && given < turns
                                ? Optional.of(aPlannedRequest(nanos.length + given++).atNanos(endedAtNanos + pauseNanos).build())
                                : Optional.empty();
                    }
                };
            }
        };
    }

    private static Plan planAt(long... nanos) {
        return plan(nanos.length, index -> nanos[(int) index]);
    }

    private static Plan plan(long size, LongUnaryOperator atNanos) {
        return new Plan() {
            @Override
            public OptionalLong size() {
                return OptionalLong.of(size);
            }

            @Override
            public Reading open(long beginAtNanos) {
                return Reading.of(LongStream.range(0, size)
                        .mapToObj(index -> aPlannedRequest(index).atNanos(beginAtNanos + atNanos.applyAsLong(index)).build())
                        .iterator());
            }
        };
    }

    private class RecordingClient implements LoadClient {
        @Override
        public void announce(PlannedRequest coming) {
            announced.add(coming.index() + " at " + timeline.nowNanos());
        }

        @Override
        public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
            sent.add(request.index() + " at " + timeline.nowNanos());
            inFlight.put(request, ended);
        }

        @Override
        public void cancelAll() {
            cancels++;
            var cancelled = new LinkedHashMap<>(inFlight);
            inFlight.clear();
            cancelled.forEach((request, ended) -> timeline.at(
                    timeline.nowNanos(),
                    () -> ended.accept(aRecordOf(request).outcome(new Outcome.Cancelled()).build())));
        }
    }
}
