package org.offx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a source tree of a few files, with a JDK that prints its arguments and a Maven that notes its calls. */
final class LauncherTest {

    private static final String JAVA = """
            #!/bin/sh
            for word; do case $word in
                -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;;
                org.offx.launch.Quicken)
                    shift 5
                    [ -z "${NOT_QUICK-}" ] || { echo "what went wrong"; exit 1; }
                    echo "quick $(cat "$1")" >"$1.new" && mv "$1.new" "$1"
                    exit 0 ;;
            esac; done
            while [ "$1" != -jar ]; do shift; done
            jar=$2; shift 2
            echo "$(cat "$jar")"; for word; do echo "<$word>"; done
            exit "${RESULT:-0}"
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo called >>calls
            echo "[ERROR] what Maven says"
            [ -z "${FAIL-}" ] || exit 1
            mkdir -p target/lib && cat src/Main.java >target/offx.jar && echo lib >target/lib/a.jar
            """;

    @TempDir
    Path top;

    private Path tree;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Process, Path> errors = new HashMap<>();

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void aFreshClone() throws IOException {
        tree = top.resolve("a tree");
        for (String folder : List.of("grammar", "src", "stdlib")) {
            Files.createDirectories(tree.resolve(folder));
        }
        Files.writeString(tree.resolve("pom.xml"), "");
        Files.writeString(tree.resolve("src/Main.java"), "first");
        Files.copy(Path.of("offx"), tree.resolve("offx"));
        executable(top.resolve("maven/mvn"), MAVEN);
        jdk("jdk", "25.0.3");
        environment.put("OFFX_JAVA_HOME", top.resolve("jdk").toString());
        environment.put("PATH", top.resolve("maven") + ":" + System.getenv("PATH"));
    }

    @Test
    void theFirstStartBuildsAndSaysSoInOneLineAndTheSecondJustRuns() throws Exception {
        Result first = offx("check", "a b", "", "*");
        assertThat(first.out()).isEqualTo("quick first\n<check>\n<a b>\n<>\n<*>\n");
        assertThat(first.err()).startsWith("offx: building with Maven and JDK 25.0.3").hasLineCount(1);

        assertThat(offx("check")).isEqualTo(new Result(0, "quick first\n<check>\n", ""));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void theExitStatusIsThatOfTheCommand() throws Exception {
        environment.put("RESULT", "5");
        assertThat(offx("plan").status()).isEqualTo(5);
    }

    @Test
    void itIsFoundThroughLinksAndFromAnyFolder() throws Exception {
        Files.createDirectories(top.resolve("bin"));
        Files.createSymbolicLink(top.resolve("bin/relative"), Path.of("..", "a tree", "offx"));
        Files.createSymbolicLink(top.resolve("bin/offx"), Path.of("relative"));
        assertThat(run(top.resolve("bin/offx").toString(), "x").out()).isEqualTo("quick first\n<x>\n");
        environment.put("PATH", top.resolve("bin") + ":" + environment.get("PATH"));
        assertThat(run("env", "offx", "y").out()).isEqualTo("quick first\n<y>\n");
    }

    @Test
    void newerSourcesAreBuiltAndTheEarlierBuildStaysForWhoeverStillRunsIt() throws Exception {
        offx();
        makeTheBuildOld();
        Files.writeString(tree.resolve("src/Main.java"), "second");
        assertThat(offx().out()).isEqualTo("quick second\n");
        assertThat(tree.resolve("target/launch/1/offx.jar")).hasContent("quick first");
    }

    @Test
    void sourcesThatAreOnlyTouchedCostNoNewCache() throws Exception {
        offx();
        makeTheBuildOld();
        offx();
        assertThat(calls()).isEqualTo(2);
        assertThat(tree.resolve("target/launch/current")).hasContent("1");
        offx();
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aBuildThatMavenHasDoneAlreadyIsTakenAsItIs() throws Exception {
        run("sh", "-c", "cd \"$1\" && mvn", "sh", tree.toString());
        assertThat(offx()).isEqualTo(new Result(0, "quick first\n", ""));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void theJarIsQuickenedBesideWhatMavenMade() throws Exception {
        offx();
        assertThat(tree.resolve("target/launch/1/offx.jar")).hasContent("quick first");
        assertThat(tree.resolve("target/offx.jar")).hasContent("first");
    }

    @Test
    void aBuildThatCannotBeQuickenedRunsAsItWasBuilt() throws Exception {
        environment.put("NOT_QUICK", "1");
        assertThat(offx("x")).satisfies(run -> assertThat(run.out()).isEqualTo("first\n<x>\n"));
        assertThat(tree.resolve("target/launch/quicken.log")).content().contains("what went wrong", "runs as it was built");
        assertThat(offx("x")).isEqualTo(new Result(0, "first\n<x>\n", ""));
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        List<Process> starts = List.of(start(List.of(launcher())), start(List.of(launcher())), start(List.of(launcher())));
        for (Process start : starts) {
            assertThat(finish(start).out()).isEqualTo("quick first\n");
        }
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsWhatMavenSaidAndIsTriedAgain() throws Exception {
        environment.put("FAIL", "1");
        Result failed = offx();
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("[ERROR] what Maven says", "the build failed", "target/launch/build.log");
        environment.remove("FAIL");
        assertThat(offx().out()).isEqualTo("quick first\n");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        for (String tool : List.of("mkdir", "find", "readlink", "flock")) {
            String path = run("sh", "-c", "command -v " + tool).out().strip();
            executable(top.resolve("tools").resolve(tool), "#!/bin/sh\nexec " + path + " \"$@\"\n");
        }
        environment.put("PATH", top.resolve("tools").toString());
        assertThat(offx()).isEqualTo(new Result(1, "",
                "offx: building needs Maven, and there is no mvn on the PATH: install it (apt-get install maven)\n"));
    }

    @Test
    void aFolderThatIsNoJdkAndOneThatIsTooOldAreRefused() throws Exception {
        environment.put("OFFX_JAVA_HOME", "/nowhere");
        assertThat(offx().err()).startsWith("offx: OFFX_JAVA_HOME=/nowhere is not the home of a JDK");
        jdk("old", "17.0.2");
        environment.put("OFFX_JAVA_HOME", top.resolve("old").toString());
        assertThat(offx().err()).endsWith("old is Java 17.0.2; offx needs 25 or newer\n");
    }

    @Test
    void aTreeThatCannotBeWrittenToIsExplained() throws Exception {
        Files.writeString(tree.resolve("target"), "in the way, for root too");
        Result refused = offx();
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("not built yet, and you may not write to", "once as its owner");
    }

    @Test
    void packagersRunWhatIsThere() throws Exception {
        environment.put("OFFX_NO_BUILD", "1");
        assertThat(offx().err()).contains("not built, and OFFX_NO_BUILD is set");
        environment.remove("OFFX_NO_BUILD");
        offx();
        makeTheBuildOld();
        environment.put("OFFX_NO_BUILD", "1");
        assertThat(offx()).isEqualTo(new Result(0, "quick first\n", ""));
        assertThat(calls()).isEqualTo(1);
    }

    private void jdk(String folder, String version) throws IOException {
        executable(top.resolve(folder).resolve("bin/java"), JAVA);
        executable(top.resolve(folder).resolve("bin/javac"), "");
        Files.writeString(top.resolve(folder).resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void makeTheBuildOld() throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(tree.resolve("target/offx.jar"), then);
        Files.setLastModifiedTime(tree.resolve("target/launch/1/since"), then);
    }

    private long calls() throws IOException {
        return Files.readAllLines(tree.resolve("calls")).size();
    }

    private String launcher() {
        return tree.resolve("offx").toString();
    }

    private Result offx(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(launcher()));
        words.addAll(List.of(arguments));
        return finish(start(words));
    }

    private Result run(String... words) throws Exception {
        return finish(start(List.of(words)));
    }

    private Process start(List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).directory(top.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        builder.redirectError(Files.createTempFile(top, "err", "").toFile());
        Process process = builder.start();
        errors.put(process, builder.redirectError().file().toPath());
        return process;
    }

    private Result finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(errors.remove(process)));
    }
}
