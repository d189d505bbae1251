package org.offx.repl;

import org.offx.syntax.Syntax;
import org.offx.text.Source;

/** What somebody typed, as far as its first word tells: a word of the prompt, or the language. */
sealed interface Entry {

    record Blank() implements Entry {}

    record Help() implements Entry {}

    record Quit() implements Entry {}

    /** All that is staged, and what it would do. */
    record Plan() implements Entry {}

    record Apply() implements Entry {}

    record Undo() implements Entry {}

    record Clear() implements Entry {}

    /** @param file empty where none was named */
    record Save(String file) implements Entry {}

    /** @param nodes an expression; empty to leave */
    record On(String nodes) implements Entry {}

    /** @param task what is to be looked at, written as a task; or only the name of a resource */
    record Observe(String task) implements Entry {}

    record TypeOf(String expression) implements Entry {}

    /** A word with a colon in front that means nothing. */
    record NoWord(String word) implements Entry {}

    /** An expression, a task or a declaration. */
    record Language(String text) implements Entry {}

    static Entry of(String typed) {
        String text = typed.strip();
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String word = text.substring(0, end);
        String rest = text.substring(end).strip();
        return switch (word) {
            case "" -> new Blank();
            case "help", "?", ":help" -> rest.isEmpty() ? new Help() : new Language(text);
            case "quit", "exit", ":quit" -> rest.isEmpty() ? new Quit() : new Language(text);
            case "plan" -> rest.isEmpty() ? new Plan() : new Language(text);
            case "apply" -> rest.isEmpty() ? new Apply() : new Language(text);
            case "undo" -> rest.isEmpty() ? new Undo() : new Language(text);
            case "clear" -> rest.isEmpty() ? new Clear() : new Language(text);
            case "save" -> new Save(rest);
            case "on" -> new On(rest);
            case "observe" -> new Observe(rest);
            case ":type" -> new TypeOf(rest);
            default -> word.startsWith(":") ? new NoWord(word) : new Language(typed);
        };
    }

    /** It would be right if more followed: an open brace, a text without its end. */
    default boolean incomplete() {
        return switch (this) {
            case Language(String text) -> Syntax.item(source(text)).incomplete();
            case On(String nodes) -> !nodes.isEmpty() && Syntax.expression(source(nodes)).incomplete();
            case TypeOf(String expression) -> !expression.isEmpty() && Syntax.expression(source(expression)).incomplete();
            case Observe(String task) -> !task.isEmpty() && Syntax.task(source(task)).incomplete();
            case Blank ignored -> false;
            case Help ignored -> false;
            case Quit ignored -> false;
            case Plan ignored -> false;
            case Apply ignored -> false;
            case Undo ignored -> false;
            case Clear ignored -> false;
            case Save ignored -> false;
            case NoWord ignored -> false;
        };
    }

    /** What diagnostics call the place where people type. */
    static Source source(String text) {
        return new Source(Document.NAME, text);
    }
}
