package org.offx.stdlib;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.offx.eval.Reading;
import org.offx.observe.NodeReader;
import org.offx.observe.Question;
import org.offx.observe.Survey;

/**
 * What nodes answered once, as a text that a person can write and read:
 *
 * <pre>{@code
 * # zfs 2.2.7
 * $ zfs get -Hp -o name,property,value,source …
 * > rpool/off	quota	0	default
 * ! what stands on standard error
 * = 1
 * $ findmnt -J …
 * ? no answer
 * $ zpool list …
 * ? not installed
 * file /etc/exports.d/offx.exports 0644 root:root
 * | /srv 10.0.0.2(rw)
 * directory /srv 0755 root:root
 * link /root/.ssh/authorized_keys -> /etc/pve/priv/authorized_keys
 * none /etc/sudoers.d/admins
 * @ ovh2
 * }</pre>
 *
 * <p>A command that ends with {@code …} stands for every command that begins so. Below {@code @ ovh2} that node answers;
 * above, the node {@code n}. A node that is asked what is not here answers that nobody knows, and it is remembered.
 */
final class RecordedAnswers implements NodeReader {

    private static final String REST = " …";

    private record Asked(String node, String what) {}

    private final Map<Asked, Reading> commands = new LinkedHashMap<>();
    private final Map<Asked, Reading> files = new HashMap<>();
    private final Set<Asked> used = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> unanswered = Collections.synchronizedSet(new TreeSet<>());

    static RecordedAnswers parse(String text) {
        var answers = new RecordedAnswers();
        List<String> lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        String node = "n";
        for (int i = 0; i < lines.size(); ) {
            String head = lines.get(i++);
            int end = i;
            while (end < lines.size() && lines.get(end).matches("[>!=?|]( .*)?")) {
                end++;
            }
            List<String> below = lines.subList(i, end);
            i = end;
            if (head.startsWith("@ ")) {
                node = head.substring(2);
            } else if (head.startsWith("$ ")) {
                answers.commands.put(new Asked(node, head.substring(2)), output(below));
            } else {
                String[] words = head.split(" ");
                answers.files.put(new Asked(node, words[1]), file(words, below));
            }
        }
        return answers;
    }

    @Override
    public List<Reading> ask(String node, List<Question> questions) {
        return questions.stream().map(question -> answer(node, question)).toList();
    }

    /** What was asked and is not recorded. */
    Set<String> unanswered() {
        return unanswered;
    }

    /** What is recorded and nobody asks for: the case is older than the resource. */
    List<String> unused() {
        List<Asked> left = new ArrayList<>(commands.keySet());
        left.addAll(files.keySet());
        left.removeAll(used);
        return left.stream().map(Asked::what).toList();
    }

    private Reading answer(String node, Question question) {
        return switch (question) {
            case Question.FileState(String path) when path.equals(Survey.OWED) -> new Reading.NoFile();
            case Question.Run(var command, Duration limit) when command.stages().getFirst().contains(Survey.GUARDS_LAST) ->
                new Reading.Output("", "", 0);
            case Question.FileState(String path) -> recorded(files, new Asked(node, path), path);
            case Question.Run(var command, Duration limit) -> {
                String line = command.shown();
                Asked asked = commands.keySet().stream()
                        .filter(known -> known.node().equals(node) && covers(known.what(), line))
                        .findFirst()
                        .orElse(new Asked(node, line));
                Reading reading = recorded(commands, asked, line);
                yield reading instanceof Reading.TimedOut ? new Reading.TimedOut(limit) : reading;
            }
        };
    }

    private static boolean covers(String known, String line) {
        return known.endsWith(REST) ? line.startsWith(known.substring(0, known.length() - 1)) : known.equals(line);
    }

    private Reading recorded(Map<Asked, Reading> answers, Asked asked, String shown) {
        used.add(asked);
        return Optional.ofNullable(answers.get(asked)).orElseGet(() -> {
            unanswered.add(asked.node() + ": " + shown);
            return new Reading.Unavailable("the case records no answer to " + shown);
        });
    }

    private static Reading output(List<String> lines) {
        var out = new StringBuilder();
        var err = new StringBuilder();
        int status = 0;
        for (String line : lines) {
            String rest = line.length() > 2 ? line.substring(2) : "";
            switch (line.charAt(0)) {
                case '>' -> out.append(rest).append('\n');
                case '!' -> err.append(rest).append('\n');
                case '=' -> status = Integer.parseInt(rest);
                case '?' -> {
                    return rest.equals("no answer") ? new Reading.TimedOut(Duration.ZERO) : new Reading.NotInstalled(rest.split(" ")[0]);
                }
                default -> throw new IllegalArgumentException("a command has no line such as: " + line);
            }
        }
        return new Reading.Output(out.toString(), err.toString(), status);
    }

    private static Reading file(String[] words, List<String> lines) {
        String text = String.join("", lines.stream().map(line -> line.substring(Math.min(2, line.length())) + "\n").toList());
        return switch (words[0]) {
            case "none" -> new Reading.NoFile();
            case "link" -> new Reading.File("", false, "link", 0777, "root", "root", 0, words[3]);
            case "file", "directory" -> {
                String[] owner = words[3].split(":");
                yield new Reading.File(
                        text, false, words[0], Integer.parseInt(words[2], 8), owner[0], owner[1], text.length(), "");
            }
            default -> throw new IllegalArgumentException("neither a command nor a file: " + String.join(" ", words));
        };
    }
}
