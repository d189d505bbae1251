package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.text.Source;
import org.offx.text.Sources;

/** Files that are only texts: a user's by their name, a library's under {@code lib/}. */
public record MemorySources(Map<String, String> files) implements Sources {

    @Override
    public Optional<Source> relative(Source from, String name) {
        int slash = from.name().lastIndexOf('/');
        return file(normal(from.name().substring(0, slash + 1) + name));
    }

    @Override
    public Optional<Source> library(String module) {
        return file("lib/" + module + ".offx");
    }

    @Override
    public List<String> modules() {
        return files.keySet().stream()
                .filter(name -> name.startsWith("lib/"))
                .map(name -> name.substring("lib/".length(), name.length() - ".offx".length()))
                .toList();
    }

    public Optional<Source> file(String name) {
        return Optional.ofNullable(files.get(name)).map(text -> new Source(name, text));
    }

    private static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
