package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a lab occupies on the machine while it is up, remembered to look afterwards what is left of it. */
record Remains(Path directory, Set<String> namespaces) {

    private static final List<String> KINDS = List.of("net", "mnt", "pid", "uts", "ipc");

    static Remains of(Lab lab) throws IOException {
        var namespaces = new HashSet<String>();
        for (var node : lab.nodes()) {
            namespaces.addAll(namespaces(node.init().pid()));
        }
        namespaces.removeAll(namespaces(ProcessHandle.current().pid()));
        return new Remains(lab.directory(), namespaces);
    }

    private static Set<String> namespaces(long pid) {
        var found = new HashSet<String>();
        for (var kind : KINDS) {
            try {
                found.add(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", kind)).toString());
            } catch (IOException gone) {
                // A process that ended while it was looked at is in no namespace.
            }
        }
        return found;
    }

    /** Each thing that is still there, in words; empty when nothing is. */
    List<String> left() throws IOException {
        var left = new ArrayList<String>();
        ProcessHandle.allProcesses().filter(process -> process.pid() != ProcessHandle.current().pid()).forEach(process -> {
            var shared = namespaces(process.pid());
            shared.retainAll(namespaces);
            if (!shared.isEmpty()) {
                left.add("process " + process.pid() + " lives in a namespace of the lab");
            }
            if (text(process, "cmdline").contains(directory + "\0") || cwd(process).startsWith(directory.toString())) {
                left.add("process " + process.pid() + " works for the lab: " + text(process, "cmdline"));
            }
        });
        for (var line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains(directory.toString())) {
                left.add("mount " + line);
            }
        }
        if (Files.exists(directory)) {
            left.add("the directory " + directory);
        }
        return left;
    }

    private static String text(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException gone) {
            return "";
        }
    }

    private static String cwd(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
