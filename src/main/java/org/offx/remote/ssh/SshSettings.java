package org.offx.remote.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.offx.remote.Destination;
import org.offx.remote.ssh.SshConfig.BadConfig;
import org.offx.remote.ssh.SshConfig.Line;

/**
 * How one host is reached, all said.
 *
 * @param ssh the words with which OpenSSH would reach it
 * @param hostName the address that is connected to
 * @param identityFiles in the order they are tried; some may not exist
 * @param identitiesOnly no keys of the agent but those that {@code identityFiles} name
 * @param agent the agent's socket
 * @param jumps hosts to go through, nearest first
 * @param knownHosts the user's files, then the system's; a new key is added to the first
 * @param acceptNew a host without any known key is believed once
 */
record SshSettings(
        String node,
        String ssh,
        String hostName,
        String user,
        int port,
        List<Path> identityFiles,
        boolean identitiesOnly,
        Optional<Path> agent,
        List<Destination> jumps,
        Optional<String> proxyCommand,
        List<Path> knownHosts,
        Optional<String> hostKeyAlias,
        boolean acceptNew,
        Optional<Boolean> ipv6,
        Duration connectTimeout,
        Duration aliveInterval,
        int aliveCount) {

    static final int PORT = 22;

    /**
     * What known_hosts calls the host: a port other than 22 is part of its name, and an alias stands for both
     * (ssh_config(5), HostKeyAlias).
     */
    String knownAs() {
        String name = hostName.toLowerCase(Locale.ROOT);
        return hostKeyAlias
                .map(alias -> alias.toLowerCase(Locale.ROOT))
                .orElse(port == PORT ? name : "[" + name + "]:" + port);
    }

    String address() {
        return port == PORT ? hostName : (hostName.contains(":") ? "[" + hostName + "]" : hostName) + " port " + port;
    }

    /** Collects keywords, the first of each. */
    static final class Builder {

        private static final Duration CONNECT = Duration.ofSeconds(15);
        private static final Duration ALIVE = Duration.ofSeconds(15);
        private static final int ALIVE_COUNT = 4;
        private static final List<String> OWN_KEYS =
                List.of("id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk");

        private final Destination destination;
        private final Surroundings surroundings;
        private final Map<String, Line> first = new LinkedHashMap<>();
        private final List<Line> identities = new ArrayList<>();

        Builder(Destination destination, Surroundings surroundings) {
            this.destination = destination;
            this.surroundings = surroundings;
        }

        void set(Line line) {
            if (line.keyword().equals("identityfile")) {
                identities.add(line);
            } else if (!isProxy(line.keyword()) || first.keySet().stream().noneMatch(Builder::isProxy)) {
                first.putIfAbsent(line.keyword(), line);
            }
        }

        /** Whichever of the two comes first rules the other out. */
        private static boolean isProxy(String keyword) {
            return keyword.equals("proxyjump") || keyword.equals("proxycommand");
        }

        String original() {
            return destination.host();
        }

        String hostName() throws BadConfig {
            Line line = first.get("hostname");
            return line == null ? original() : expand(line, line.words().getFirst(), Map.of('h', original()));
        }

        String user() {
            return destination.user().orElseGet(() -> word("user").orElse(surroundings.user()));
        }

        SshSettings build() throws BadConfig {
            String hostName = hostName();
            int port = destination.port().isPresent() ? destination.port().get() : number("port", PORT, 65535);
            Map<Character, String> tokens = Map.of(
                    'h', hostName, 'n', original(), 'p', "" + port, 'r', user(), 'u', surroundings.user(),
                    'd', surroundings.home().toString());
            Line command = first.get("proxycommand");
            return new SshSettings(
                    destination.node(),
                    ssh(),
                    hostName,
                    user(),
                    port,
                    identityFiles(tokens),
                    yes("identitiesonly"),
                    agent(tokens),
                    jumps(tokens),
                    command == null || isNone(command)
                            ? Optional.empty()
                            : Optional.of(expand(command, String.join(" ", command.words()), tokens)),
                    knownHosts(tokens),
                    word("hostkeyalias"),
                    word("stricthostkeychecking").filter("accept-new"::equalsIgnoreCase).isPresent(),
                    word("addressfamily").filter(name -> !name.equalsIgnoreCase("any")).map("inet6"::equalsIgnoreCase),
                    seconds("connecttimeout", CONNECT),
                    seconds("serveraliveinterval", ALIVE),
                    number("serveralivecountmax", ALIVE_COUNT, Integer.MAX_VALUE));
        }

        private String ssh() {
            return "ssh " + surroundings.configuration().map(file -> "-F " + file + " ").orElse("")
                    + destination.port().map(port -> "-p " + port + " ").orElse("")
                    + destination.user().map(user -> user + "@").orElse("") + original();
        }

        private List<Path> identityFiles(Map<Character, String> tokens) throws BadConfig {
            List<Path> files = new ArrayList<>();
            for (Line line : identities) {
                if (!isNone(line)) {
                    files.add(path(line, line.words().getFirst(), tokens));
                }
            }
            if (!identities.isEmpty()) {
                return List.copyOf(files);
            }
            Path directory = surroundings.home().resolve(".ssh");
            return OWN_KEYS.stream().map(directory::resolve).filter(Files::exists).toList();
        }

        private Optional<Path> agent(Map<Character, String> tokens) throws BadConfig {
            Line line = first.get("identityagent");
            if (line != null && isNone(line)) {
                return Optional.empty();
            }
            if (line != null && !line.words().getFirst().equals("SSH_AUTH_SOCK")) {
                return Optional.of(path(line, line.words().getFirst(), tokens));
            }
            return Optional.ofNullable(surroundings.environment().get("SSH_AUTH_SOCK"))
                    .filter(socket -> !socket.isEmpty())
                    .map(Path::of);
        }

        private List<Destination> jumps(Map<Character, String> tokens) throws BadConfig {
            Line line = first.get("proxyjump");
            if (line == null || isNone(line)) {
                return List.of();
            }
            List<Destination> jumps = new ArrayList<>();
            for (String hop : expand(line, line.words().getFirst(), tokens).split(",")) {
                jumps.add(hop(line, hop.strip()));
            }
            return List.copyOf(jumps);
        }

        /** {@code [user@]host[:port]}, {@code [user@][IPv6]:port}, or the same behind {@code ssh://}. */
        private Destination hop(Line line, String text) throws BadConfig {
            String rest = text.startsWith("ssh://") ? text.substring("ssh://".length()).replaceFirst("/$", "") : text;
            Optional<String> user = Optional.empty();
            if (rest.contains("@")) {
                user = Optional.of(rest.substring(0, rest.lastIndexOf('@')));
                rest = rest.substring(rest.lastIndexOf('@') + 1);
            }
            Optional<Integer> port = Optional.empty();
            int colon = rest.lastIndexOf(':');
            boolean bracketed = rest.startsWith("[") && rest.contains("]");
            if (colon > 0 && (bracketed ? colon > rest.indexOf(']') : rest.indexOf(':') == colon)) {
                port = Optional.of(number(line, rest.substring(colon + 1), 65535));
                rest = rest.substring(0, colon);
            }
            String host = bracketed ? rest.substring(1, rest.indexOf(']')) : rest;
            if (host.isBlank() || host.startsWith("-")) {
                throw new BadConfig(line.place(), "not a host to jump over: " + text);
            }
            return new Destination(destination.node(), host, user, port);
        }

        private List<Path> knownHosts(Map<Character, String> tokens) throws BadConfig {
            List<Path> files = new ArrayList<>();
            Path own = surroundings.home().resolve(".ssh");
            files.addAll(paths("userknownhostsfile", tokens, own.resolve("known_hosts"), own.resolve("known_hosts2")));
            Path system = Path.of("/etc/ssh");
            Path[] shared = {system.resolve("ssh_known_hosts"), system.resolve("ssh_known_hosts2")};
            files.addAll(paths("globalknownhostsfile", tokens, shared));
            return List.copyOf(files);
        }

        private List<Path> paths(String keyword, Map<Character, String> tokens, Path... otherwise) throws BadConfig {
            Line line = first.get(keyword);
            if (line == null) {
                return List.of(otherwise);
            }
            List<Path> paths = new ArrayList<>();
            for (String word : line.words()) {
                if (!word.equals("none") && !word.equals("/dev/null")) {
                    paths.add(path(line, word, tokens));
                }
            }
            return paths;
        }

        private Path path(Line line, String word, Map<Character, String> tokens) throws BadConfig {
            String text = expand(line, variables(line, word), tokens);
            return text.startsWith("~/")
                    ? surroundings.home().resolve(text.substring(2))
                    : surroundings.home().resolve(text);
        }

        private String variables(Line line, String word) throws BadConfig {
            StringBuilder text = new StringBuilder(word);
            for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", start)) {
                int end = text.indexOf("}", start);
                String name = end < 0 ? "" : text.substring(start + 2, end);
                String value = surroundings.environment().get(name);
                if (value == null) {
                    throw new BadConfig(line.place(), "the variable " + name + " is not set: " + word);
                }
                text.replace(start, end + 1, value);
                start += value.length();
            }
            return text.toString();
        }

        private static String expand(Line line, String word, Map<Character, String> tokens) throws BadConfig {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < word.length(); i++) {
                if (word.charAt(i) != '%' || i + 1 == word.length()) {
                    text.append(word.charAt(i));
                    continue;
                }
                char token = word.charAt(++i);
                String value = token == '%' ? "%" : tokens.get(token);
                if (value == null) {
                    throw new BadConfig(line.place(), "%" + token + " is not understood here: " + word);
                }
                text.append(value);
            }
            return text.toString();
        }

        private Optional<String> word(String keyword) {
            return Stream.ofNullable(first.get(keyword)).map(line -> line.words().getFirst()).findFirst();
        }

        private boolean yes(String keyword) {
            return word(keyword).filter(text -> text.matches("(?i)yes|true")).isPresent();
        }

        private Duration seconds(String keyword, Duration otherwise) throws BadConfig {
            Line line = first.get(keyword);
            return line == null || isNone(line)
                    ? otherwise
                    : Duration.ofSeconds(number(keyword, 0, Integer.MAX_VALUE / 1000));
        }

        private int number(String keyword, int otherwise, int most) throws BadConfig {
            Line line = first.get(keyword);
            return line == null ? otherwise : number(line, line.words().getFirst(), most);
        }

        private static int number(Line line, String text, int most) throws BadConfig {
            try {
                int number = Integer.parseInt(text);
                if (number >= 0 && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new BadConfig(line.place(), line.keyword() + " wants a number up to " + most + ", not " + text);
        }

        private static boolean isNone(Line line) {
            return line.words().getFirst().equalsIgnoreCase("none");
        }
    }
}
