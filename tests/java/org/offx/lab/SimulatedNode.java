package org.offx.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that plays the root of a node, with the simulated programs first on its PATH.
 *
 * @param root everything that the programs read and write lies below it
 * @param programs where the programs are
 * @param flavour the shell and the awk that run them
 */
record SimulatedNode(Path root, Path programs, Flavour flavour) {

    private static final Path SOURCE = Path.of("src/main/resources/lab/simulated");
    private static final long MOST_SECONDS = 900;

    /** A shell and an awk: programs for nodes have to run under the plainest of them. */
    enum Flavour {
        MACHINE("/bin/sh", "awk"),
        BUSYBOX("/bin/busybox sh", "busybox awk"),
        GAWK("/bin/sh", "gawk");

        private final String shell;
        private final String awk;

        Flavour(String shell, String awk) {
            this.shell = shell;
            this.awk = awk;
        }

        boolean installed() {
            return Stream.of(shell.split(" ")[0], "/usr/bin/" + awk.split(" ")[0]).allMatch(path -> Files.isExecutable(Path.of(path)))
                    && !prefersItsOwn();
        }

        /** The shell of Debian's busybox-static looks for no program on the PATH that it has itself: it would mount for real. */
        private boolean prefersItsOwn() {
            ProcessBuilder cat = new ProcessBuilder(Stream.concat(Stream.of(shell.split(" ")), Stream.of("-c", "cat </dev/null")).toList());
            cat.environment().put("PATH", "/nonexistent");
            try {
                return cat.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Copies the programs below {@code work}, with the shell of the flavour in their first line. */
    static SimulatedNode in(Path work, Flavour flavour) throws IOException {
        Path programs = work.resolve("programs");
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = programs.resolve(SOURCE.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceFirst("^#!/bin/sh\n", "#!" + flavour.shell + "\n"));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return new SimulatedNode(Files.createDirectories(work.resolve("root")), programs, flavour);
    }

    /** Runs the commands one after the other in one shell each, and says what each of them answered. */
    List<Transcript.Result> run(List<String> commands) throws IOException, InterruptedException {
        return run("", commands);
    }

    /** The same; before each of the commands its shell reads {@code before}. */
    List<Transcript.Result> run(String before, List<String> commands) throws IOException, InterruptedException {
        Path driver = Files.writeString(root.resolveSibling("driver"), new CommandScript(root.toString(), flavour.shell, before).of(commands));
        Path printed = root.resolveSibling("printed");
        var builder = new ProcessBuilder("/bin/sh", driver.toString()).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OFFX_LAB_") || name.startsWith("SIM_"));
        builder.environment().putAll(Map.of(
                "PATH", programs + ":/usr/sbin:/usr/bin:/sbin:/bin",
                "OFFX_LAB_ROOT", root.toString(),
                "OFFX_LAB_NODE", "ovh1",
                "OFFX_LAB_NOW", "1795351000",
                "OFFX_LAB_MAC", "0a 0b 0c",
                "OFFX_LAB_CLIENT", "10.0.0.1",
                "OFFX_LAB_AWK", flavour.awk,
                "TZ", "UTC",
                "LC_ALL", "C"));
        Process process = builder.start();
        if (!process.waitFor(Duration.ofSeconds(MOST_SECONDS))) {
            process.destroyForcibly();
            throw new IOException("the commands did not end within " + MOST_SECONDS + " seconds");
        }
        return CommandScript.results(Files.readString(printed), text -> text.replace(root.toString(), "ROOT"));
    }
}
