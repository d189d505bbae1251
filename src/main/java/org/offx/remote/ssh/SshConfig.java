package org.offx.remote.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.offx.remote.Destination;

/**
 * OpenSSH's client configuration, as ssh_config(5) has it: the first value found for a keyword holds. Keywords that
 * {@link SshSettings} does not ask for are passed over.
 */
final class SshConfig {

    private static final int MAX_DEPTH = 16;

    /** A line of a file: a keyword in small letters and its words. */
    record Line(Path file, int number, String keyword, List<String> words) {
        String place() {
            return file + ":" + number;
        }
    }

    /** The configuration cannot be used; the message is for the person who wrote it. */
    static final class BadConfig extends Exception {

        private static final long serialVersionUID = 1;

        private final String place;

        BadConfig(String place, String message) {
            super(message);
            this.place = place;
        }

        String place() {
            return place;
        }
    }

    private final Surroundings surroundings;
    private final Map<Path, List<Line>> files = new ConcurrentHashMap<>();

    SshConfig(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    SshSettings settings(Destination destination) throws BadConfig {
        SshSettings.Builder builder = new SshSettings.Builder(destination, surroundings);
        Path users = surroundings.home().resolve(".ssh");
        if (surroundings.configuration().isPresent()) {
            Path file = surroundings.configuration().get();
            if (!Files.isReadable(file)) {
                throw new BadConfig(file.toString(), "this SSH configuration cannot be read");
            }
            apply(file, users, builder, true, 0);
        } else {
            apply(users.resolve("config"), users, builder, true, 0);
            Path system = Path.of("/etc/ssh");
            apply(system.resolve("ssh_config"), system, builder, true, 0);
        }
        return builder.build();
    }

    /** @param live false inside an {@code Include} of a section that does not apply: then none of its own does */
    private void apply(Path file, Path base, SshSettings.Builder builder, boolean live, int depth) throws BadConfig {
        if (depth > MAX_DEPTH) {
            throw new BadConfig(file.toString(), "files include each other more than " + MAX_DEPTH + " deep");
        }
        boolean active = live;
        for (Line line : lines(file)) {
            switch (line.keyword()) {
                case "host" -> active = live && matchesHost(line.words(), builder.original());
                case "match" -> active = live && matches(line, builder);
                case "include" -> {
                    for (String word : line.words()) {
                        for (Path included : included(word, base, line)) {
                            apply(included, base, builder, active, depth + 1);
                        }
                    }
                }
                default -> {
                    if (active) {
                        builder.set(line);
                    }
                }
            }
        }
    }

    private boolean matches(Line line, SshSettings.Builder builder) throws BadConfig {
        boolean result = true;
        List<String> words = line.words();
        for (int i = 0; i < words.size(); i++) {
            String criterion = words.get(i).toLowerCase(Locale.ROOT);
            boolean negated = criterion.startsWith("!");
            String name = negated ? criterion.substring(1) : criterion;
            if (name.equals("all")) {
                result &= !negated;
                continue;
            }
            if (i + 1 == words.size()) {
                throw unsupported(line, name);
            }
            List<String> patterns = List.of(words.get(++i).split(","));
            boolean holds = switch (name) {
                case "host" -> matchesHost(patterns, builder.hostName());
                case "originalhost" -> matchesHost(patterns, builder.original());
                case "user" -> matchesHost(patterns, builder.user());
                case "localuser" -> matchesHost(patterns, surroundings.user());
                default -> throw unsupported(line, name);
            };
            result &= holds != negated;
        }
        return result;
    }

    private static BadConfig unsupported(Line line, String criterion) {
        return new BadConfig(
                line.place(),
                "`Match " + criterion + "` is not understood; all, host, originalhost, user and localuser are."
                        + " Give offx an SSH configuration of its own, or use Host");
    }

    /** As PATTERNS of ssh_config(5): one must match, and none that is negated. */
    static boolean matchesHost(List<String> patterns, String text) {
        boolean matched = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (wildcard(negated ? pattern.substring(1) : pattern, text)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /** {@code *} stands for any characters, {@code ?} for one; letters of either case are the same. */
    static boolean wildcard(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        String a = pattern.toLowerCase(Locale.ROOT);
        String b = text.toLowerCase(Locale.ROOT);
        while (t < b.length()) {
            if (p < a.length() && a.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < a.length() && (a.charAt(p) == '?' || a.charAt(p) == b.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < a.length() && a.charAt(p) == '*') {
            p++;
        }
        return p == a.length();
    }

    private List<Path> included(String word, Path base, Line line) throws BadConfig {
        Path path = surroundings.home().getFileSystem().getPath(
                word.startsWith("~/") ? surroundings.home() + word.substring(1) : word);
        Path absolute = path.isAbsolute() ? path : base.resolve(path);
        Path directory = absolute.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        String glob = String.valueOf(absolute.getFileName());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, glob)) {
            TreeSet<Path> sorted = new TreeSet<>();
            found.forEach(sorted::add);
            return List.copyOf(sorted);
        } catch (IOException e) {
            throw new BadConfig(line.place(), "cannot look for " + absolute + ": " + e.getMessage());
        }
    }

    private List<Line> lines(Path file) throws BadConfig {
        List<Line> known = files.get(file);
        if (known != null) {
            return known;
        }
        List<Line> read = new ArrayList<>();
        try {
            int number = 0;
            for (String text : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                number++;
                List<String> words = words(text, file + ":" + number);
                if (words.size() == 1) {
                    throw new BadConfig(file + ":" + number, words.getFirst() + " has no value");
                }
                if (!words.isEmpty()) {
                    String keyword = words.getFirst().toLowerCase(Locale.ROOT);
                    read.add(new Line(file, number, keyword, List.copyOf(words.subList(1, words.size()))));
                }
            }
        } catch (NoSuchFileException e) {
            // No configuration is a configuration.
        } catch (IOException e) {
            throw new BadConfig(file.toString(), "cannot be read: " + e.getMessage());
        }
        files.put(file, List.copyOf(read));
        return read;
    }

    /** {@code Keyword value value} or {@code Keyword = value}; double quotes hold a word together. */
    static List<String> words(String text, String place) throws BadConfig {
        List<String> words = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty() && !(rest.startsWith("#"))) {
            int end;
            if (rest.startsWith("\"")) {
                end = rest.indexOf('"', 1);
                if (end < 0) {
                    throw new BadConfig(place, "a quote is not closed");
                }
                words.add(rest.substring(1, end));
                end++;
            } else {
                end = 0;
                while (end < rest.length()
                        && !Character.isWhitespace(rest.charAt(end))
                        && !(words.isEmpty() && rest.charAt(end) == '=')) {
                    end++;
                }
                words.add(rest.substring(0, end));
            }
            rest = rest.substring(end).strip();
            if (words.size() == 1 && rest.startsWith("=")) {
                rest = rest.substring(1).strip();
            }
        }
        return words;
    }
}
