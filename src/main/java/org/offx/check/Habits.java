package org.offx.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Words of other tools and languages, and how the same is said here. Loaded only when an error is explained. */
final class Habits {

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("yes", "a bool is `true` or `false`"),
            Map.entry("no", "a bool is `true` or `false`"),
            Map.entry("on", "a bool is `true` or `false`"),
            Map.entry("off", "a bool is `true` or `false`"),
            Map.entry("True", "it is written `true`"),
            Map.entry("False", "it is written `false`"),
            Map.entry("None", "what is missing is `null`"),
            Map.entry("nil", "what is missing is `null`"),
            Map.entry("undefined", "what is missing is `null`"),
            Map.entry("return", "the last expression of a body is its value: no word stands before it"));

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("len", "texts, lists, sets and maps have a method: x.length()"),
            Map.entry("str", "a value becomes a text in one: \"${x}\""),
            Map.entry("string", "a value becomes a text in one: \"${x}\""),
            Map.entry("int", "a text is read by x.int(), which is null where it is no number"),
            Map.entry("range", "both ends belong to a range: 0..2"),
            Map.entry("print", "nothing is printed: `offx repl` shows what an expression is"),
            Map.entry("env", "the environment is not read: what differs is an attribute of the node"),
            Map.entry("lookup", "a file of a node is read by file_at(path), one beside the playbook by template(file, {})"));

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("integer", "int"),
            Map.entry("number", "int"),
            Map.entry("boolean", "bool"),
            Map.entry("Boolean", "bool"),
            Map.entry("str", "string"),
            Map.entry("text", "string"),
            Map.entry("String", "string"),
            Map.entry("array", "list<…>"),
            Map.entry("Array", "list<…>"),
            Map.entry("dict", "map<string, …>"),
            Map.entry("object", "map<string, …>"),
            Map.entry("Integer", "int"));

    private static final Map<String, String> HEADS = heads();

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("hosts", "the nodes stand behind `on`: play \"why\" on nodes { … }"),
            Map.entry("name", "the name of a play stands in front of its nodes: play \"why\" on nodes { … }"),
            Map.entry("become", "how root is reached is an attribute of the node: node web { become = sudo }"),
            Map.entry("user", "who logs in is an attribute of the node: node web { user = \"ops\" }"),
            Map.entry("remote_user", "who logs in is an attribute of the node: node web { user = \"ops\" }"),
            Map.entry("vars", "values are named by `let`, in the play or outside of it"),
            Map.entry("roles", "a role is called like a task: backups(113)"),
            Map.entry("tasks", "tasks stand in the play as they are"),
            Map.entry("handlers", "what is to be done after a change stands in the task: on change { reload(\"nginx\") }"),
            Map.entry("gather_facts", "facts are read where they are used"),
            Map.entry("max_fail_percentage", "`max_failures` counts nodes"));

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "state", "what is not to be there has `absent` in front: absent package \"nginx\"",
            "notify", "what is to be done after a change stands in `on change { … }`",
            "when", "a condition stands around the task: if … { … }",
            "depends_on", "what comes first stands in `needs […]`",
            "require", "what comes first stands in `needs […]`",
            "become", "how root is reached is an attribute of the node");

    private Habits() {}

    private static Map<String, String> heads() {
        Map<String, String> heads = new HashMap<>();
        String packages = "a package is package \"name\"";
        for (String each : new String[] {"apt", "apt_package", "yum", "dnf"}) {
            heads.put(each, packages);
        }
        String commands = "what no resource describes is command \"why\" { check = `…`, run = `…` }; what is done in every run, an action";
        for (String each : new String[] {"run", "shell", "exec", "raw", "script"}) {
            heads.put(each, commands);
        }
        heads.put("systemd", "a unit is service \"name\" { running = true }");
        heads.put("systemd_service", "a unit is service \"name\" { running = true }");
        heads.put("copy", "a file is file \"/path\" { content = \"…\" }");
        heads.put("template", "a file is file \"/path\" { content = template(\"name\", { … }) }");
        heads.put("lineinfile", "a line is line \"why\" { file = \"/path\", text = \"…\" }");
        heads.put("blockinfile", "a block is block \"why\" { file = \"/path\", content = \"…\" }");
        heads.put("symlink", "a link is link \"/path\" { target = \"…\" }");
        heads.put("name", "tasks are told apart by resource and key; what else is to be said stands in a comment");
        heads.put("include", "a file is used at the top: use \"name.offx\"; a role is called like a task");
        heads.put("include_tasks", "a role is called like a task: backups(113)");
        heads.put("import_tasks", "a role is called like a task: backups(113)");
        heads.put("include_role", "a role is called like a task: backups(113)");
        heads.put("unless", "it is written `if not …`");
        heads.put("foreach", "it is written `for x in xs { … }`");
        heads.put("while", "tasks are wanted once: there is `for x in xs { … }`");
        heads.put("debug", "nothing is printed: `offx repl` shows what an expression is");
        heads.put("assert", "what must hold is a rule: must \"why\" for node n { … }");
        heads.put("fail", "what must hold is a rule: must \"why\" for node n { … }");
        return Map.copyOf(heads);
    }

    static Optional<String> value(String word) {
        return Optional.ofNullable(VALUES.get(word));
    }

    static Optional<String> function(String word) {
        return Optional.ofNullable(FUNCTIONS.get(word));
    }

    /** The type that is called otherwise elsewhere. */
    static Optional<String> type(String word) {
        return Optional.ofNullable(TYPES.get(word));
    }

    static Optional<String> head(String word) {
        return Optional.ofNullable(HEADS.get(word));
    }

    static Optional<String> setting(String word) {
        return Optional.ofNullable(SETTINGS.get(word));
    }

    static Optional<String> attribute(String word) {
        return Optional.ofNullable(ATTRIBUTES.get(word));
    }
}
