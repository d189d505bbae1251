package org.offx.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.eval.Probes;
import org.offx.eval.Reading;
import org.offx.value.Command;

@Timeout(20)
class ObserversTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final List<List<Question>> exchanges = Collections.synchronizedList(new ArrayList<>());

    private final Observers observers = new Observers((node, questions) -> {
        exchanges.add(questions);
        return questions.stream().<Reading>map(q -> new Reading.Output(node + ":" + text(q), "", 0)).toList();
    });

    @Test
    void hundredObserversWithTwoDependentProbesEachCostTwoExchanges() {
        List<String> results = observers.all(IntStream.range(0, 100).<Supplier<String>>mapToObj(i -> () -> {
            String first = out("n", "first " + i);
            return out("n", "second of " + first);
        }).toList());

        assertThat(results).hasSize(100).contains("n:second of n:first 42");
        assertThat(exchanges).extracting(List::size).containsExactly(100, 100);
    }

    @Test
    void identicalQuestionsAreAskedOnceAndRemembered() {
        observers.all(IntStream.range(0, 50).<Supplier<String>>mapToObj(i -> () -> out("n", "zfs get")).toList());
        observers.all(List.of(() -> out("n", "zfs get")));

        assertThat(exchanges).extracting(List::size).containsExactly(1);
    }

    @Test
    void forkedPartsTravelTogether() {
        List<String> results = observers.all(List.<Supplier<String>>of(() -> {
            Probes.Branch<String> a = observers.fork(() -> out("n", "a"));
            Probes.Branch<String> b = observers.fork(() -> out("n", "b"));
            return a.get() + " " + b.get();
        }));

        assertThat(results).containsExactly("n:a n:b");
        assertThat(exchanges).extracting(List::size).containsExactly(2);
    }

    @Test
    void anObserverMayAskOtherNodesInTheSameBatch() {
        List<String> results = observers.all(List.<Supplier<String>>of(() -> out("n", "x"), () -> out("m", "x")));

        assertThat(results).containsExactly("n:x", "m:x");
        assertThat(exchanges).hasSize(2);
    }

    @Test
    void noObserversNeedNoExchange() {
        assertThat(observers.<String>all(List.of())).isEmpty();
        assertThat(exchanges).isEmpty();
    }

    @Test
    void aFailureOfOneObserverIsThrownAndTheOthersStillEnd() {
        List<Supplier<String>> work = List.of(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                () -> out("n", "fine"));

        assertThatThrownBy(() -> observers.all(work)).hasMessage("a bug");
        assertThat(observers.all(List.<Supplier<String>>of(() -> out("n", "fine")))).containsExactly("n:fine");
    }

    @Test
    void whatIsUnderWayIsWaitedForAlsoWhereNobodyNeedsItAnyMore() {
        for (int i = 0; i < 200; i++) {
            String first = "first " + i;
            exchanges.clear();
            observers.all(List.of(() -> observers.fork(() -> out("n", "second of " + out("n", first)))));
            assertThat(exchanges).hasSize(2);
        }
    }

    @Test
    void aFailureIsThrownOnlyWhenAllHaveEnded() {
        List<Supplier<String>> work = List.of(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                () -> out("n", "second of " + out("n", "first")));

        assertThatThrownBy(() -> observers.all(work)).hasMessage("a bug");
        assertThat(exchanges).hasSize(2);
    }

    @Test
    void aFailureOfTheReaderReachesEveryObserverThatWaits() {
        Observers broken = new Observers((node, questions) -> {
            throw new IllegalStateException("broken reader");
        });

        assertThatThrownBy(() -> broken.all(List.of(() -> broken.run("n", Command.of("true"), LIMIT))))
                .hasRootCauseMessage("broken reader");
    }

    private String out(String node, String command) {
        return ((Reading.Output) observers.run(node, Command.of(command.split(" ")), LIMIT)).out();
    }

    private static String text(Question question) {
        return switch (question) {
            case Question.Run(Command command, Duration limit) -> String.join(" ", command.stages().getFirst());
            case Question.FileState(String path) -> path;
        };
    }
}
