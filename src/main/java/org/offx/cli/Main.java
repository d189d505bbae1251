package org.offx.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.offx.plan.ExitStatus;

/** The entry point of the {@code offx} command. */
public final class Main {

    private static final int WIDTH_UNKNOWN = 100;

    private Main() {}

    public static void main(String[] args) {
        Io io = io();
        int code;
        try {
            code = Offx.run(List.of(args), io).code();
        } catch (RuntimeException | Error bug) {
            io.problem("this is a bug of offx, not of yours: " + bug);
            io.err().println("please report it with the command, the playbook if you can, and this:");
            bug.printStackTrace(io.err());
            code = ExitStatus.FAILED.code();
        }
        io.out().flush();
        io.err().flush();
        // Threads of SSH libraries would hold up the exit of a command that is done.
        Runtime.getRuntime().halt(code);
    }

    private static Io io() {
        Map<String, String> environment = System.getenv();
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Io(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                terminal,
                width(environment),
                terminal && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM")),
                Path.of("").toAbsolutePath(),
                environment,
                InstantSource.system());
    }

    /** The launcher asks the terminal, which is cheaper than loading a library for it. */
    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : WIDTH_UNKNOWN;
    }
}
