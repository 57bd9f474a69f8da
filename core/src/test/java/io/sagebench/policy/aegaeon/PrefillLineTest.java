package io.sagebench.policy.aegaeon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A prefill takes 10, a switch 100.
class PrefillLineTest {
    private final PrefillLine<Integer> line = new PrefillLine<>(8);

    private void add(int request, String model) {
        line.add(request, model, 10, _ -> 100);
    }

    private List<String> groups() {
        List<String> found = new ArrayList<>();
        line.groups().forEach(group -> found.add(group.model() + group.size()));
        return found;
    }

    @Test
    void tenRequestsMakeAGroupOfEightAndOneOfTwo() {
        for (int i = 0; i < 10; i++) {
            add(i, "a");
        }
        assertThat(groups()).containsExactly("a8", "a2");
        assertThat(line.drainNanos()).as("one switch for both").isEqualTo(200);
    }

    @Test
    void aNewcomerJoinsTheGroupOfItsModelAndOvertakesWhatCameBetween() {
        add(1, "a");
        add(2, "b");
        add(3, "a");
        assertThat(groups()).containsExactly("a2", "b1");
        assertThat(line.groups().getFirst().first()).isEqualTo(1);
        assertThat(line.drainNanos()).isEqualTo(230);
        assertThat(line.firstOf("b")).hasValue(2);
        line.remove(1);
        assertThat(line.groups().getFirst().first()).as("first come, first served within a group").isEqualTo(3);
        line.remove(3);
        assertThat(groups()).as("an empty group is gone").containsExactly("b1");
        assertThat(line.firstOf("a")).isEmpty();
    }

    @Test
    void whatHasLeftAGroupStillCounts() {
        for (int i = 0; i < 8; i++) {
            add(i, "a");
        }
        add(100, "b");
        for (int i = 0; i < 7; i++) {
            line.remove(i);
        }
        assertThat(line.hasOpenGroup("a")).isFalse();
        add(8, "a");
        assertThat(groups()).containsExactly("a1", "b1", "a1");
    }

    @Test
    void theSumsStayRightWhateverComesAndGoes() {
        var chance = new SplittableRandom(3);
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (chance.nextInt(5) < 3 || in.isEmpty()) {
                add(i, "m" + chance.nextInt(6));
                in.add(i);
            } else {
                Integer out = in.remove(chance.nextInt(in.size()));
                assertThat(line.remove(out)).isTrue();
                assertThat(line.remove(out)).isFalse();
            }
            if (i % 500 == 0) {
                long work = line.groups().stream().mapToLong(PrefillLine.Group::workNanos).sum();
                int members = line.groups().stream().mapToInt(PrefillLine.Group::size).sum();
                assertThat(line.drainNanos()).isEqualTo(work);
                assertThat(members).isEqualTo(in.size());
                assertThat(line.groups()).allMatch(group -> group.size() > 0 && group.size() <= 8);
            }
        }
        in.forEach(line::remove);
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.drainNanos()).isZero();
    }
}
