package org.offx.lab;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What the tests of the lab have in common. */
public final class Trial {

    private Trial() {}

    /**
     * Skips the test where the kernel lets this user have no namespaces; on the build server that is a failure, lest
     * nobody notice. Anything else is a failure everywhere.
     */
    public static void needsNamespaces() {
        try {
            Prerequisites.find(SshServer.BEST);
        } catch (LabException impossible) {
            skip("no lab can be raised on this machine: " + impossible.getMessage());
        }
    }

    /** Skips the test where a program is missing that the test itself needs. */
    static void needs(String program, String debianPackage) {
        if (Prerequisites.program(program).isEmpty()) {
            skip("this machine has no " + program + " (Debian: apt-get install " + debianPackage + ")");
        }
    }

    static void skip(String reason) {
        if (System.getenv("CI") != null) {
            throw new AssertionError("would be skipped elsewhere: " + reason);
        }
        abort(reason);
    }

    /** Runs a command over SSH by the system's client, as anybody would. */
    static ShellResult ssh(Lab lab, String node, String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(lab.sshCommand(node));
        words.add(1, "-oConnectTimeout=5");
        words.add(command);
        return run(words);
    }

    static ShellResult run(List<String> words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).start();
        process.outputWriter().close();
        var err = new StringBuilder();
        var reader = Thread.ofVirtual().start(() -> {
            try {
                err.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException closed) {
                err.append(closed);
            }
        });
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.join();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("took longer than a minute: " + words);
        }
        return new ShellResult(process.exitValue(), out, err.toString());
    }

    /** Waits until something holds; fails, naming it, if it does not within a minute. */
    static void await(String what, Callable<Boolean> holds) throws Exception {
        var limit = Instant.now().plus(Duration.ofSeconds(60));
        while (!holds.call()) {
            if (Instant.now().isAfter(limit)) {
                throw new AssertionError("waited a minute in vain for: " + what);
            }
            // A breath between two questions; they are processes, and the machine may be small.
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** The words that start a {@link LabStarter}, to be followed by its arguments. */
    static List<String> starter() {
        var path = new ArrayList<>(Resources.origins(LabStarter.class));
        path.addAll(Resources.sshServerPath());
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp"));
        words.add(path.stream().map(Path::toString).collect(Collectors.joining(":")));
        words.add(LabStarter.class.getName());
        return words;
    }
}
