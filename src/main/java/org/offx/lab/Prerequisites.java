package org.offx.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What this machine has to offer a lab.
 *
 * @param ids the user ids that the nodes can have
 * @param sshServer {@link SshServer#OPENSSH} or {@link SshServer#MINA}
 * @param lacking for each thing that a lab can do without: what it is, what follows, and what to do; in whole sentences
 */
record Prerequisites(UserIds ids, SshServer sshServer, List<String> lacking) {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"));
    private static final List<String> NEEDED = List.of(
            "unshare", "nsenter", "mount", "umount", "findmnt", "pivot_root", "chroot", "setpriv", "setsid", "flock", "ip",
            "hostname", "mkfifo", "install", "sed", "awk", "getent");
    private static final int RANGE = 65_535;

    /** As much of a lab as shows whether the kernel lets this user make one: namespaces, mounts, a bridge, a cable. */
    private static final String PROBE =
            """
            set -e
            mount -t tmpfs probe /mnt
            mkdir /mnt/proc
            mount -t proc proc /mnt/proc
            ip link add vrack type bridge
            ip link add probe0 type veth peer name probe1
            """;

    Prerequisites {
        lacking = List.copyOf(lacking);
    }

    /** @throws LabException if this user cannot have a lab on this machine, or not one with that SSH server */
    static Prerequisites find(SshServer wanted) throws LabException {
        requirePrograms();
        var lacking = new ArrayList<String>();
        var ids = findIds(lacking);
        probe(ids);
        var server = choose(wanted, ids, lacking);
        for (var optional : List.of(
                "ping iputils-ping: paths between nodes cannot be tested from a node",
                "sudo sudo: a simulated sudo stands in for it",
                "visudo sudo: the syntax of sudoers files cannot be checked on a node",
                "useradd passwd: accounts cannot be made on a node")) {
            var program = optional.substring(0, optional.indexOf(' '));
            var rest = optional.substring(program.length() + 1).split(": ");
            if (program(program).isEmpty()) {
                lacking.add("This machine has no %s: %s. On Debian it is in the package %s."
                        .formatted(program, rest[1], rest[0]));
            }
        }
        return new Prerequisites(ids, server, lacking);
    }

    static Optional<Path> program(String name) {
        return PLACES.stream().map(place -> place.resolve(name)).filter(Files::isExecutable).findFirst();
    }

    private static void requirePrograms() throws LabException {
        var missing = NEEDED.stream().filter(Predicate.not(name -> program(name).isPresent())).toList();
        if (!missing.isEmpty()) {
            throw new LabException("A lab cannot be raised here: this machine has no " + String.join(", ", missing)
                    + ".\nOn Debian: apt-get install util-linux mount iproute2 hostname coreutils");
        }
    }

    private static UserIds findIds(List<String> lacking) {
        if (userId() == 0) {
            return UserIds.MACHINE;
        }
        boolean programs = program("newuidmap").isPresent() && program("newgidmap").isPresent();
        if (programs && SubordinateIds.users(RANGE).isPresent() && SubordinateIds.groups(RANGE).isPresent()) {
            return UserIds.RANGE;
        }
        lacking.add("This user has a single id to give to the nodes: useradd with a home, chown to others and OpenSSH do"
                + " not work there. "
                + (programs
                        ? "An administrator grants a range with: usermod --add-subuids 100000-165535 --add-subgids"
                                + " 100000-165535 " + System.getProperty("user.name") + "."
                        : "On Debian the package uidmap provides the means."));
        return UserIds.ONE;
    }

    static int userId() {
        return own("uid");
    }

    static int groupId() {
        return own("gid");
    }

    private static int own(String id) {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:" + id);
        } catch (IOException gone) {
            throw new IllegalStateException("a lab needs /proc", gone);
        }
    }

    private static void probe(UserIds ids) throws LabException {
        var words = new ArrayList<>(List.of("unshare"));
        if (ids != UserIds.MACHINE) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--mount", "--net", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "sh", "-c", PROBE));
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            var said = new String(process.getInputStream().readAllBytes()).strip();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new LabException("A lab cannot be raised here: the kernel refuses "
                        + (ids == UserIds.MACHINE ? "root" : "an ordinary user") + " the namespaces it is made of ("
                        + said.replace("\n", "; ") + ").\n" + advice(ids));
            }
        } catch (IOException broken) {
            throw new LabException("A lab cannot be raised here: " + broken.getMessage(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while looking what this machine can do.", stopped);
        }
    }

    private static String advice(UserIds ids) {
        if (ids == UserIds.MACHINE) {
            return "In a container, root may do it when the container is privileged (docker run --privileged).";
        }
        if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return "AppArmor keeps user namespaces from ordinary users: run as root, or as an administrator set\n"
                    + "    sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
        }
        if (setting("/proc/sys/kernel/unprivileged_userns_clone").equals("0")) {
            return "User namespaces are closed to ordinary users: run as root, or as an administrator set\n"
                    + "    sysctl -w kernel.unprivileged_userns_clone=1";
        }
        if (setting("/proc/sys/user/max_user_namespaces").equals("0")) {
            return "User namespaces are switched off: run as root, or as an administrator set\n"
                    + "    sysctl -w user.max_user_namespaces=10000";
        }
        return "Run as root; in a container, make the container privileged (docker run --privileged).";
    }

    private static String setting(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException absent) {
            return "";
        }
    }

    private static SshServer choose(SshServer wanted, UserIds ids, List<String> lacking) throws LabException {
        boolean installed = Files.isExecutable(Path.of("/usr/sbin/sshd"));
        if (wanted == SshServer.OPENSSH && !installed) {
            throw new LabException("This machine has no /usr/sbin/sshd.\nOn Debian: apt-get install openssh-server");
        }
        if (wanted == SshServer.OPENSSH && ids == UserIds.ONE) {
            throw new LabException("OpenSSH's sshd needs more than the one user id that the nodes have here. "
                    + String.join(" ", lacking));
        }
        if (wanted == SshServer.BEST && !installed) {
            lacking.add("This machine has no sshd: the nodes run Apache MINA SSHD instead."
                    + " On Debian it is in the package openssh-server.");
        }
        return wanted == SshServer.MINA || !installed || ids == UserIds.ONE ? SshServer.MINA : SshServer.OPENSSH;
    }
}
