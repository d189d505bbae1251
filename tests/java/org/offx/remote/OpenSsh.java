package org.offx.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.offx.Await;
import org.offx.remote.ssh.SshConnector;
import org.offx.remote.ssh.Surroundings;

/**
 * A real OpenSSH server with users of its own, on loopback, for one test class. It runs in a mount namespace in which
 * /etc/passwd, its like, /etc/sudoers and /run are its own, so that nothing of the machine is altered. Needs root, sshd,
 * sudo and unshare; without them the tests that use it are skipped with the reason.
 */
public final class OpenSsh implements AutoCloseable {

    /** May do everything through sudo without a password. */
    public static final String ADMIN = "offx-admin";

    /** May do everything through sudo with {@link #PASSWORD}. */
    public static final String CAREFUL = "offx-careful";

    /** May do nothing through sudo; has {@link #PASSWORD} too. */
    public static final String PLAIN = "offx-plain";

    /** May do everything through sudo, from a terminal only. */
    public static final String TTY = "offx-tty";

    /** Has no shell. */
    public static final String NOLOGIN = "offx-nologin";

    public static final String PASSWORD = "correct horse";

    private static final String HASH =
            "$6$offx$8Ls7KHo4Mbn8Iw7uF4RtX5ATkaGXwEA.hkd4YAWytjRzCKDJ3NmexK79N.U4uF750VpTV0fu3esjaL0SuuM89/";

    private static final List<String> USERS = List.of(ADMIN, CAREFUL, PLAIN, TTY, NOLOGIN);
    private static final int FIRST_UID = 61001;

    private final Path directory;
    private final Process process;
    private final int port;

    private OpenSsh(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param directory an empty one, which it fills with all it needs
     * @param options further lines of sshd_config, which hold over its own
     */
    public static OpenSsh start(Path directory, String... options) throws Exception {
        for (String program : List.of("/usr/sbin/sshd", "/usr/bin/sudo", "/usr/bin/unshare", "/usr/bin/ssh-keygen")) {
            Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), "SKIPPED: this test needs " + program);
        }
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "SKIPPED: a private sshd with its own users needs root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "offx test", "-f", directory.resolve("key").toString());
        for (String type : List.of("ed25519", "ecdsa", "rsa")) {
            run("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "", "-f", directory.resolve("host_" + type).toString());
        }
        accounts(directory);
        int port = freePort();
        Files.writeString(directory.resolve("sshd_config"), String.join("\n", options) + "\n" + config(directory, port));
        Process process = new ProcessBuilder("unshare", "-m", "--propagation", "private", "sh", "-ec", script(directory))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
        OpenSsh server = new OpenSsh(directory, process, port);
        try {
            Await.until("sshd listens: " + directory.resolve("sshd.log"), Duration.ofSeconds(20), () -> server.log().contains("Server listening"));
        } catch (AssertionError e) {
            server.close();
            throw new AssertionError(server.log(), e);
        }
        server.know("ed25519", "ecdsa", "rsa");
        return server;
    }

    private static void accounts(Path directory) throws IOException {
        StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        StringBuilder shadow = new StringBuilder("root:*:19000:0:99999:7:::\n");
        StringBuilder group = new StringBuilder(Files.readString(Path.of("/etc/group")));
        Files.createDirectory(directory.resolve("home"));
        int uid = FIRST_UID;
        for (String user : USERS) {
            Path home = directory.resolve("home").resolve(user);
            String shell = user.equals(NOLOGIN) ? "/usr/sbin/nologin" : user.equals(ADMIN) ? "/bin/bash" : "/bin/sh";
            passwd.append("%s:x:%d:%d::%s:%s%n".formatted(user, uid, uid, home, shell));
            shadow.append(user + ":" + (user.equals(CAREFUL) || user.equals(PLAIN) ? HASH : "*") + ":19000:0:99999:7:::\n");
            group.append("%s:x:%d:%n".formatted(user, uid));
            Files.createDirectory(home);
            run("chown", uid + ":" + uid, home.toString());
            uid++;
        }
        Files.writeString(directory.resolve("passwd"), passwd);
        Files.writeString(directory.resolve("shadow"), shadow);
        Files.writeString(directory.resolve("group"), group);
        Files.writeString(directory.resolve("sudoers"), """
                Defaults env_reset, use_pty
                Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                Defaults:%1$s requiretty
                root ALL=(ALL:ALL) ALL
                %2$s ALL=(ALL:ALL) NOPASSWD:ALL
                %3$s ALL=(ALL:ALL) ALL
                %1$s ALL=(ALL:ALL) NOPASSWD:ALL
                """.formatted(TTY, ADMIN, CAREFUL));
        run("chmod", "440", directory.resolve("sudoers").toString());
    }

    private static String config(Path directory, int port) {
        return """
                ListenAddress 127.0.0.1:%1$d
                HostKey %2$s/host_ed25519
                HostKey %2$s/host_ecdsa
                HostKey %2$s/host_rsa
                AuthorizedKeysFile %2$s/key.pub
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                PidFile none
                LogLevel VERBOSE
                """.formatted(port, directory);
    }

    private static String script(Path directory) {
        return """
                cd '%s'
                for f in passwd shadow group sudoers; do mount --bind $f /etc/$f; done
                mount -t tmpfs -o mode=755 tmpfs /run
                mkdir -p /run/sshd
                exec /usr/sbin/sshd -D -e -f sshd_config
                """.formatted(directory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** The private key that every user may log in with. */
    public Path key() {
        return directory.resolve("key");
    }

    public Path directory() {
        return directory;
    }

    /** The known_hosts file of {@link #surroundings()}. */
    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** The node's file system as the node sees it: its /run is its own. */
    public Path root() {
        return Path.of("/proc/" + process.pid() + "/root");
    }

    public String log() {
        try {
            return Files.readString(directory.resolve("sshd.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user who knows this server's host keys, has {@link #key()}, and no configuration but this. */
    public Surroundings surroundings(String... lines) throws IOException {
        return surroundings(Map.of(), lines);
    }

    public Surroundings surroundings(Map<String, String> environment, String... lines) throws IOException {
        Path config = Files.createTempFile(directory, "ssh_config", "");
        Files.writeString(config, String.join("\n", lines) + """

                Host *
                  IdentityFile %s
                  UserKnownHostsFile %s
                  GlobalKnownHostsFile none
                """.formatted(key(), knownHosts()));
        return new Surroundings("nobody", directory, environment, Optional.of(config));
    }

    public Destination as(String user) {
        return new Destination("node1", "127.0.0.1", Optional.of(user), Optional.of(port));
    }

    public SshConnector connector(Credentials credentials, String... lines) throws IOException {
        return new SshConnector(surroundings(lines), credentials, List.of(), 8, SshConnector.Retry.USUAL);
    }

    /** Makes the client know exactly these host keys. */
    public void know(String... types) throws IOException {
        StringBuilder known = new StringBuilder();
        for (String type : types) {
            String[] key = Files.readString(directory.resolve("host_" + type + ".pub")).split(" ");
            known.append("[127.0.0.1]:%d %s %s%n".formatted(port, key[0], key[1].strip()));
        }
        Files.writeString(knownHosts(), known);
    }

    /** Kills what serves the connections that are open; the server itself goes on. */
    public void cut() {
        process.descendants()
                .filter(child -> child.info().command().filter("/usr/sbin/sshd"::equals).isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    static void run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
