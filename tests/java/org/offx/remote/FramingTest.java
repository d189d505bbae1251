package org.offx.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.offx.remote.Shells.done;
import static org.offx.remote.Shells.exec;
import static org.offx.remote.Shells.one;
import static org.offx.remote.Shells.pipe;
import static org.offx.remote.Shells.session;
import static org.offx.remote.Shells.sh;

import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.offx.Await;
import org.offx.remote.local.LocalLink;
import org.offx.value.Command;

/** Nothing that a command prints, reads, or leaves running is taken for something else. */
@Timeout(60)
@ParameterizedClass
@MethodSource("org.offx.remote.Shells#all")
record FramingTest(List<String> shell) {

    @Test
    void outputs_and_statuses_come_back_in_order() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Answer> answers = session.exchange(
                    List.of(sh("echo out; echo err >&2; exit 3"), exec("true"), sh("kill -9 $$")), Mode.ALL);
            assertThat(answers)
                    .containsExactly(
                            new Answer.Done(List.of(3), output("out\n"), output("err\n")),
                            new Answer.Done(List.of(0), Output.NONE, Output.NONE),
                            new Answer.Done(List.of(137), Output.NONE, Output.NONE));
            assertThat(session.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void an_empty_batch_costs_nothing() throws ConnectionLost {
        try (Session session = session(shell)) {
            assertThat(session.exchange(List.of(), Mode.ALL)).isEmpty();
            assertThat(session.roundTrips()).isZero();
        }
    }

    @Test
    void every_byte_passes_in_both_directions() throws ConnectionLost {
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        bytes[32 << 10] = '-';
        try (Session session = session(shell)) {
            assertThat(done(session, cat(Bytes.of(bytes))).stdout().bytes()).isEqualTo(Bytes.of(bytes));
            assertThat(done(session, cat(Bytes.EMPTY)).stdout()).isEqualTo(Output.NONE);
        }
    }

    @Test
    void what_looks_like_the_protocol_is_only_output() throws ConnectionLost {
        try (Session session = session(shell)) {
            // The command reads what its own session keeps and has sent, and prints it on every stream that it can find.
            Request spy = sh("echo x R 1_1 x 0; cat /proc/$PPID/environ; cat /proc/$PPID/cwd/* | tail -c 300;"
                    + " printf 'x Z\\n%s Z\\n}\\nexit\\n' x >&2; echo '} exit 0'");
            List<Answer> answers = session.exchange(List.of(spy, exec("echo", "after")), Mode.ALL);
            assertThat(answers.get(1)).isEqualTo(new Answer.Done(List.of(0), output("after\n"), Output.NONE));
            assertThat(done(session, exec("echo", "later")).stdout()).isEqualTo(output("later\n"));
        }
    }

    @Test
    void standard_input_is_at_its_end() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Answer> answers =
                    session.exchange(List.of(exec("cat"), sh("read x; echo $?"), exec("echo", "after")), Mode.ALL);
            assertThat(answers)
                    .containsExactly(
                            new Answer.Done(List.of(0), Output.NONE, Output.NONE),
                            new Answer.Done(List.of(0), output("1\n"), Output.NONE),
                            new Answer.Done(List.of(0), output("after\n"), Output.NONE));
        }
    }

    /** As programs with a log file do that is told to be {@code /dev/stderr}. */
    @Test
    void a_program_that_opens_its_output_by_name_overwrites_nothing() throws ConnectionLost {
        try (Session session = session(shell)) {
            Answer.Done answer = done(session, sh("echo 1 >&2; echo 2 >>/dev/stderr; echo 3 >&2; echo a; echo b >>/dev/stdout; echo c"));
            assertThat(answer.stderr().text()).isEqualTo("1\n2\n3\n");
            assertThat(answer.stdout().text()).isEqualTo("a\nb\nc\n");
        }
    }

    @Test
    void input_that_is_not_read_harms_nobody() throws ConnectionLost {
        try (Session session = session(shell)) {
            Bytes much = Bytes.of(new byte[1 << 20]);
            Request ignores = new Request.Exec(Command.of("echo", "no"), Optional.of(much), Shells.LIMIT, Set.of(0));
            assertThat(session.exchange(List.of(ignores, exec("echo", "after")), Mode.ALL))
                    .extracting(answer -> ((Answer.Done) answer).stdout().text())
                    .containsExactly("no\n", "after\n");
        }
    }

    @Test
    void a_pipeline_tells_the_status_of_each_part() throws ConnectionLost {
        try (Session session = session(shell)) {
            assertThat(done(session, pipe("echo a; exit 4", "cat; exit 5", "tr a b; exit 6")))
                    .isEqualTo(new Answer.Done(List.of(4, 5, 6), output("b\n"), Output.NONE));
            Request.Exec early = new Request.Exec(
                    new Command(List.of(List.of("yes"), List.of("head", "-n", "1"))), Shells.LIMIT);
            Answer answer = one(session, early);
            assertThat(((Answer.Done) answer).statuses()).containsExactly(141, 0);
            assertThat(early.accepts(answer)).isTrue();
        }
    }

    @Test
    void a_missing_program_is_named() throws ConnectionLost {
        try (Session session = session(shell)) {
            Request piped = new Request.Exec(
                    new Command(List.of(List.of("echo", "a"), List.of("no such program"), List.of("cat"))), Shells.LIMIT);
            Request itself127 = sh("exit 127");
            assertThat(session.exchange(
                            List.of(exec("nosuchprogram", "-x"), piped, exec("/usr/sbin/nosuch"), itself127), Mode.ALL))
                    .containsExactly(
                            new Answer.CommandNotFound("nosuchprogram"),
                            new Answer.CommandNotFound("no such program"),
                            new Answer.CommandNotFound("/usr/sbin/nosuch"),
                            new Answer.Done(List.of(127), Output.NONE, Output.NONE));
        }
    }

    @Test
    void a_child_that_keeps_the_output_open_is_not_waited_for() throws ConnectionLost {
        try (Session session = session(shell)) {
            long start = System.nanoTime();
            Answer.Done answer = done(session, sh("echo $$; (while sleep 0.01; do echo more; done) & echo $! >&2"));
            String child = answer.stderr().text().strip();
            try {
                for (int i = 0; i < 20; i++) {
                    assertThat(done(session, exec("echo", "x")).stdout()).isEqualTo(output("x\n"));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            } finally {
                done(session, exec("kill", child));
            }
        }
    }

    @Test
    void a_hung_probe_is_stopped_and_the_others_do_not_wait() throws ConnectionLost {
        Request stubborn = new Request.Exec(
                Command.of("sh", "-c", "trap '' TERM; echo started; while :; do sleep 60; done"),
                Duration.ofMillis(400));
        Request hung = new Request.Exec(Command.of("sleep", "3600"), Duration.ofMillis(600));
        Request slow = sh("sleep 1; echo slow");
        try (Session session = session(shell)) {
            List<Request> batch = new ArrayList<>(List.of(hung, stubborn, slow));
            IntStream.range(0, 50).forEach(i -> batch.add(exec("echo", "" + i)));
            List<Answer> answers = session.exchange(batch, Mode.ALL);
            assertThat(answers.subList(0, 3))
                    .containsExactly(
                            new Answer.TimedOut(hung.limit(), false, Output.NONE, Output.NONE),
                            new Answer.TimedOut(stubborn.limit(), false, output("started\n"), Output.NONE),
                            new Answer.Done(List.of(0), output("slow\n"), Output.NONE));
            assertThat(answers.subList(3, 53)).allMatch(answer -> answer instanceof Answer.Done);
            assertThat(done(session, sh("ps -e -o args= | grep -c '[s]leep 3600'")).stdout().text()).isEqualTo("0\n");
        }
    }

    @Test
    void slow_probes_run_beside_each_other() throws ConnectionLost {
        try (Session session = session(shell)) {
            long start = System.nanoTime();
            List<Answer> answers = session.exchange(
                    IntStream.range(0, 8).mapToObj(i -> sh("sleep 4; echo " + i)).map(Request.class::cast).toList(),
                    Mode.ALL);
            assertThat(answers)
                    .extracting(answer -> ((Answer.Done) answer).stdout().text())
                    .containsExactly("0\n", "1\n", "2\n", "3\n", "4\n", "5\n", "6\n", "7\n");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(16));
        }
    }

    @Test
    void steps_stop_at_the_first_failure() throws ConnectionLost {
        Request two = new Request.Exec(Command.of("sh", "-c", "exit 2"), Optional.empty(), Shells.LIMIT, Set.of(0, 2));
        try (Session session = session(shell)) {
            assertThat(session.exchange(
                            List.of(exec("echo", "a"), two, sh("echo b; exit 1"), exec("echo", "c"), exec("true")),
                            Mode.UNTIL_FAILURE))
                    .containsExactly(
                            new Answer.Done(List.of(0), output("a\n"), Output.NONE),
                            new Answer.Done(List.of(2), Output.NONE, Output.NONE),
                            new Answer.Done(List.of(1), output("b\n"), Output.NONE),
                            new Answer.NotRun(),
                            new Answer.NotRun());
            assertThat(session.exchange(List.of(pipe("false", "true"), exec("true")), Mode.UNTIL_FAILURE))
                    .containsExactly(
                            new Answer.Done(List.of(1, 0), Output.NONE, Output.NONE), new Answer.NotRun());
            Request hung = new Request.Exec(Command.of("sleep", "60"), Duration.ofMillis(200));
            assertThat(session.exchange(List.of(hung, exec("true")), Mode.UNTIL_FAILURE))
                    .containsExactly(
                            new Answer.TimedOut(hung.limit(), false, Output.NONE, Output.NONE), new Answer.NotRun());
            assertThat(session.exchange(List.of(exec("nosuch"), exec("true")), Mode.UNTIL_FAILURE))
                    .containsExactly(new Answer.CommandNotFound("nosuch"), new Answer.NotRun());
        }
    }

    @Test
    void two_hundred_requests_and_a_megabyte_of_output() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Request> batch = new ArrayList<>();
            IntStream.range(0, 200).forEach(i -> batch.add(exec("echo", "line " + i)));
            batch.add(sh("head -c 1048576 /dev/zero; echo e >&2"));
            List<Answer> answers = session.exchange(batch, Mode.ALL);
            assertThat(((Answer.Done) answers.get(199)).stdout()).isEqualTo(output("line 199\n"));
            assertThat(((Answer.Done) answers.get(200)).stdout().bytes()).isEqualTo(Bytes.of(new byte[1 << 20]));
            assertThat(session.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void output_beyond_the_limit_is_cut_and_says_so() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Answer> answers =
                    session.exchange(List.of(sh("head -c 20000000 /dev/zero"), exec("echo", "after")), Mode.ALL);
            Output output = ((Answer.Done) answers.get(0)).stdout();
            assertThat(output.truncated()).isTrue();
            assertThat(output.written()).isEqualTo(20_000_000);
            assertThat(output.bytes().size()).isEqualTo(Output.LIMIT);
            assertThat(((Answer.Done) answers.get(1)).stdout()).isEqualTo(output("after\n"));
        }
    }

    @Test
    void endless_output_is_stopped() throws ConnectionLost {
        try (Session session = session(shell)) {
            Answer.Done answer = done(session, exec("yes"));
            assertThat(answer.status()).isEqualTo(137);
            assertThat(answer.stdout().truncated()).isTrue();
            assertThat(done(session, exec("echo", "after")).stdout()).isEqualTo(output("after\n"));
        }
    }

    @Test
    void a_shell_that_dies_loses_the_connection_and_the_step_is_named() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Request> steps = List.of(
                    exec("echo", "a"),
                    new Request.Script("kill -9 $$; sleep 1", Shells.LIMIT),
                    exec("echo", "never"));
            assertThatThrownBy(() -> session.exchange(steps, Mode.UNTIL_FAILURE))
                    .isInstanceOfSatisfying(ConnectionLost.class, lost -> assertThat(lost.answers())
                            .containsExactly(
                                    new Answer.Done(List.of(0), output("a\n"), Output.NONE),
                                    new Answer.Lost(Answer.Fate.RUNNING),
                                    new Answer.Lost(Answer.Fate.NOT_STARTED)));
            assertThatThrownBy(() -> session.exchange(List.of(exec("true")), Mode.ALL))
                    .isInstanceOfSatisfying(ConnectionLost.class, lost -> assertThat(lost.answers())
                            .containsExactly(new Answer.Lost(Answer.Fate.NOT_STARTED)));
        }
    }

    @Test
    void a_script_runs_apart_from_the_session() throws ConnectionLost {
        try (Session session = session(shell)) {
            List<Answer> answers = session.exchange(
                    List.of(
                            new Request.Script("x='it'\\''s'; cd /etc\npwd; echo \"$x\"; exit 4", Shells.LIMIT),
                            new Request.Script("if", Shells.LIMIT),
                            exec("pwd")),
                    Mode.ALL);
            assertThat(answers.get(0)).isEqualTo(new Answer.Done(List.of(4), output("/etc\nit's\n"), Output.NONE));
            assertThat(((Answer.Done) answers.get(1)).status()).isNotZero();
            assertThat(answers.get(2)).isEqualTo(new Answer.Done(List.of(0), output("/\n"), Output.NONE));
        }
    }

    /** Ctrl-C at a terminal reaches all processes of its session. */
    @Test
    void what_runs_here_is_not_ended_by_a_key_that_is_for_offx() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")));
        String field = "sed 's/.*) //' /proc/self/stat | cut -d' ' -f4";
        String here = new String(new ProcessBuilder("sh", "-c", field).start().getInputStream().readAllBytes(), UTF_8);
        try (Session session = session(shell)) {
            assertThat(done(session, sh(field)).stdout().text()).isNotEqualTo(here).matches("[0-9]+\n");
        }
    }

    @Test
    void the_environment_is_plain() throws ConnectionLost {
        try (Session session = session(shell)) {
            String said = done(session, sh("echo $LC_ALL; umask; echo $PATH")).stdout().text();
            assertThat(said.lines().limit(2)).containsExactly("C", "0022");
            // What the account has comes first; the folders of an administrator are added where they are missing.
            List<String> before = List.of(System.getenv("PATH").split(":"));
            List<String> expected = Stream.concat(
                            before.stream(),
                            Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
                                    .filter(folder -> !before.contains(folder)))
                    .toList();
            assertThat(said.lines().skip(2).findFirst().orElseThrow().split(":")).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void nothing_is_left_behind(@TempDir Path directory) throws Exception {
        Path pids = directory.resolve("where");
        try (Session session = session(shell)) {
            String there = done(session, new Request.Script("echo \"$D\"", Shells.LIMIT)).stdout().text().strip();
            Files.writeString(pids, there);
            assertThat(Path.of(there)).isDirectory();
            assertThat(Files.getPosixFilePermissions(Path.of(there))).hasSize(3);
            Await.until("a batch leaves no file", Duration.ofSeconds(10), () -> {
                try (Stream<Path> files = Files.list(Path.of(there))) {
                    return files.findAny().isEmpty();
                }
            });
        }
        Path there = Path.of(Files.readString(pids));
        Await.until("the session's directory is gone", Duration.ofSeconds(10), () -> Files.notExists(there));
    }

    @Test
    void a_batch_that_did_not_arrive_whole_does_not_start(@TempDir Path directory) throws Exception {
        Path trace = directory.resolve("trace");
        byte[] prologue =
                BatchText.prologue(Files.createDirectory(directory.resolve("own")).toString(), List.of());
        List<Request> steps = List.of(exec("touch", trace.toString()), exec("true"));
        byte[] batch = BatchText.of("x0", 1, steps, Mode.UNTIL_FAILURE);
        for (int length = 0; length <= batch.length; length += length < batch.length - 20 ? 10 : 1) {
            Process process = new ProcessBuilder(shell)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream input = process.getOutputStream()) {
                input.write(prologue);
                input.write(batch, 0, length);
            }
            process.waitFor();
            // Of the two last bytes, a brace and a line feed, the line feed may be missing.
            assertThat(Files.exists(trace))
                    .as("%s of %s bytes", length, batch.length)
                    .isEqualTo(length >= batch.length - 1);
        }
    }

    @Test
    void a_session_that_was_never_used_leaves_nothing() throws Exception {
        LocalLink link = new LocalLink("here", "me", shell, List.of(), Credentials.NONE);
        Set<String> before = sessions();
        Session session = Shells.reached(link.open(new Become.Login()));
        assertThat(sessions()).hasSizeGreaterThan(before.size());
        session.close();
        Await.until("its directory is gone", Duration.ofSeconds(10), () -> before.containsAll(sessions()));
    }

    private static Set<String> sessions() {
        return Stream.of("/run/offx", "/tmp", String.valueOf(System.getenv("XDG_RUNTIME_DIR")))
                .flatMap(directory -> Stream.ofNullable(new File(directory).list()).flatMap(Stream::of))
                .filter(name -> name.startsWith("offx-session."))
                .collect(Collectors.toSet());
    }

    private static Request cat(Bytes input) {
        return new Request.Exec(Command.of("cat"), Optional.of(input), Shells.LIMIT, Set.of(0));
    }

    private static Output output(String text) {
        Bytes bytes = Bytes.utf8(text);
        return new Output(bytes, bytes.size());
    }
}
