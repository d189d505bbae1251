package org.offx.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.offx.eval.Reading;
import org.offx.value.Command;

class RecordedStateTest {

    private static final Instant TAKEN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Question LIST = new Question.Run(Command.of("zfs", "list", "a b"), Duration.ofSeconds(20));
    private static final Question MOTD = new Question.FileState("/etc/motd");
    private static final Question KEY = new Question.FileState("/etc/zfs/key");
    private static final Reading.File READABLE =
            new Reading.File("hello\n", false, "file", 0644, "root", "root", 6, "");

    private final RecordedState state = RecordedState.of(TAKEN, Map.of("ovh3", answers()));

    @Test
    void answersWhatWasAskedWhateverTimeIsAllowed() {
        Question sameInLessTime = new Question.Run(Command.of("zfs", "list", "a b"), Duration.ofSeconds(1));

        assertThat(state.ask("ovh3", List.of(sameInLessTime, MOTD)))
                .containsExactly(new Reading.Output("x\n", "warn\n", 1), READABLE);
    }

    @Test
    void saysWhatItDoesNotHold() {
        Question other = new Question.Run(Command.of("zfs", "list", "a", "b"), Duration.ofSeconds(20));

        assertThat(state.ask("ovh3", List.of(other)))
                .containsExactly(new Reading.Unavailable("the recorded state does not hold the answer to `zfs list a b`"));
        assertThat(state.ask("ovh9", List.of(MOTD)))
                .containsExactly(new Reading.Unavailable("the recorded state does not hold the node ovh9"));
    }

    @Test
    void leavesOutTheContentOfFilesThatOnlyTheirOwnerMayRead() {
        assertThat(StateJson.write(state)).doesNotContain("s3cret");
        assertThat(state.ask("ovh3", List.of(KEY))).containsExactly(new Reading.Unavailable(
                "/etc/zfs/key is for its owner only, and what it says is never recorded: plan against the node itself"));
    }

    @Test
    void comesBackFromItsTextAsItWas() throws StateJson.Unreadable {
        assertThat(StateJson.read(StateJson.write(state))).isEqualTo(state);
    }

    @Test
    void doesNotTellInWhichOrderTheAnswersCame() {
        SequencedMap<Question, Reading> otherwise = new LinkedHashMap<>();
        answers().reversed().forEach(otherwise::put);

        assertThat(StateJson.write(RecordedState.of(TAKEN, Map.of("ovh3", otherwise)))).isEqualTo(StateJson.write(state));
    }

    @Test
    void refusesWhatIsNoState() {
        assertThatThrownBy(() -> StateJson.read("{")).hasMessageStartingWith("this is not JSON");
        assertThatThrownBy(() -> StateJson.read("{}")).hasMessage("this is no state that `offx observe` recorded");
        assertThatThrownBy(() -> StateJson.read("{\"format\": \"offx-state 9\"}"))
                .hasMessage("this state was recorded by another version of offx (offx-state 9; this one reads offx-state 1)");
        assertThatThrownBy(() -> StateJson.read("{\"format\": \"offx-state 1\"}"))
                .hasMessage("its time is missing or broken: ");
    }

    private static SequencedMap<Question, Reading> answers() {
        SequencedMap<Question, Reading> answers = new LinkedHashMap<>();
        answers.put(LIST, new Reading.Output("x\n", "warn\n", 1));
        answers.put(MOTD, READABLE);
        answers.put(KEY, new Reading.File("s3cret", false, "file", 0400, "root", "root", 6, ""));
        answers.put(new Question.FileState("/none"), new Reading.NoFile());
        answers.put(new Question.Run(Command.of("slow"), Duration.ofSeconds(1)), new Reading.TimedOut(Duration.ofSeconds(1)));
        answers.put(new Question.Run(Command.of("nope"), Duration.ofSeconds(1)), new Reading.NotInstalled("nope"));
        return answers;
    }
}
