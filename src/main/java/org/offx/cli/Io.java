package org.offx.cli;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The world of one command: what it prints to, reads from and knows of its surroundings. Tests give their own.
 *
 * @param out the result
 * @param err progress and problems
 * @param terminal somebody sits in front of it and can answer
 * @param directory where relative names start
 */
public record Io(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        boolean terminal,
        int width,
        boolean colour,
        Path directory,
        Map<String, String> environment,
        InstantSource clock) {

    /** Where offx keeps its own things for a user: reports of runs, the history of the prompt, a key. See the XDG Base Directory Specification. */
    Path state() {
        String given = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        // What is not absolute is to be ignored, says the specification. Of a user without a home nothing can be kept.
        Path state = given.startsWith("/") ? Path.of(given) : Path.of(home.startsWith("/") ? home : "/nonexistent", ".local", "state");
        return state.resolve("offx");
    }

    /** A line of progress: plain lines, so that a log reads well. */
    public void progress(String text) {
        err.println(text);
        err.flush();
    }

    /** What went wrong, in the form that every command uses. */
    public void problem(String text) {
        err.println("offx: " + text);
    }
}
