package org.offx.syntax;

import java.util.Optional;
import java.util.regex.Pattern;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;

/** Whole files of another tool, given by mistake: one sentence says more than what each of their lines lacks. */
final class Foreign {

    private static final Pattern COMMENT = Pattern.compile("\\s*(#.*|;.*)?");
    private static final Pattern YAML = Pattern.compile("---.*|- [a-z_]+:.*|[a-z_]+:\\s*(#.*)?");
    private static final Pattern SECTION = Pattern.compile("\\[[^\\]\",]+\\]\\s*");
    private static final Pattern HOST = Pattern.compile("\\S+(\\s+[a-z_]+=\\S+)+");
    private static final Pattern SCRIPT = Pattern.compile("#!.*");

    private Foreign() {}

    /**
     * What kind of file it is, if it is no text of the language at all. Told by its first line that says something, unless that
     * begins a declaration. A playbook may have a first line for the shell: in a script no line begins a declaration.
     */
    static Optional<Diagnostic> of(Source source) {
        boolean script = SCRIPT.matcher(source.lineText(1)).matches();
        int start = 0;
        for (String line : source.text().lines().toList()) {
            String said = line.strip();
            if (Keywords.declares(source.text(), start + Math.max(line.indexOf(said), 0))) {
                return Optional.empty();
            }
            if (!script && !COMMENT.matcher(line).matches()) {
                return told(said, source.span(start, Math.min(start + line.length(), source.text().length())));
            }
            start = source.text().indexOf('\n', start) + 1;
        }
        return script
                ? Optional.of(error(source.span(0, source.lineText(1).length()), "this is a script")
                        .note("a playbook is a text of its own: `offx help` says what can be done with it"))
                : Optional.empty();
    }

    private static Optional<Diagnostic> told(String line, Span span) {
        if (YAML.matcher(line).matches()) {
            return Optional.of(error(span, "this is YAML, and no playbook of offx")
                    .note("a play of Ansible is written play \"why\" on nodes { … }, a task package \"nginx\"")
                    .note("a host of an inventory is written node web { address = \"web.example.org\" }"));
        }
        if (SECTION.matcher(line).matches() || HOST.matcher(line).matches()) {
            return Optional.of(error(span, "this is an inventory of Ansible, and nodes are written in offx")
                    .note("a host is written node web { address = \"web.example.org\", user = \"ops\" }")
                    .note("a section is written group servers = [web, db]"));
        }
        return line.startsWith("{") && !line.startsWith("{ ")
                ? Optional.of(error(span, "this is JSON, and no playbook of offx").note("a saved plan is shown by `offx show FILE`, and applied by `offx apply FILE`"))
                : Optional.empty();
    }

    private static Diagnostic error(Span span, String message) {
        return Diagnostic.error(Code.SYNTAX, span, message);
    }
}
