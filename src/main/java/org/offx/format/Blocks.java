package org.offx.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/**
 * The braces of blocks that have several lines: the line ends behind the first, unless it goes on with a parameter
 * ({@code { text =>}), and before the last, unless that closes a block with a parameter together with one inside of it.
 */
final class Blocks {

    private record Brace(int at, int line) {}

    private final List<Lexeme> lexemes;
    private final Set<Integer> broken = new HashSet<>();

    private Blocks(List<Lexeme> lexemes) {
        this.lexemes = lexemes;
    }

    /** The pieces with the line ends that were missing. */
    static List<Lexeme> opened(List<Lexeme> lexemes) {
        Blocks blocks = new Blocks(lexemes);
        blocks.find();
        return blocks.withLineEnds();
    }

    private void find() {
        Deque<Brace> open = new ArrayDeque<>();
        int line = 0;
        int lastClosed = -1;
        for (int i = 0; i < lexemes.size(); i++) {
            Kind kind = lexemes.get(i).kind();
            if (kind == Kind.LINE_END) {
                line++;
            } else if (kind == Kind.OPEN_BRACE) {
                open.push(new Brace(i, line));
            } else if (kind == Kind.CLOSE_BRACE) {
                Brace brace = open.pop();
                boolean together = lastClosed == brace.line() && lexemes.get(i - 1).kind() == Kind.CLOSE_BRACE;
                if (brace.line() < line) {
                    note(brace.at(), i, together);
                }
                lastClosed = brace.line();
            }
        }
    }

    /** @param together the last thing inside is a block that began on the same line, and ends just before */
    private void note(int open, int close, boolean together) {
        boolean parameter = open + 2 < lexemes.size() && lexemes.get(open + 2).span().text().equals("=>");
        if (!parameter) {
            broken.add(open);
        }
        if (!parameter || !together) {
            broken.add(close);
        }
    }

    private List<Lexeme> withLineEnds() {
        List<Lexeme> result = new ArrayList<>(lexemes.size());
        for (int i = 0; i < lexemes.size(); i++) {
            Lexeme lexeme = lexemes.get(i);
            boolean closes = lexeme.kind() == Kind.CLOSE_BRACE;
            if (closes && broken.contains(i) && result.getLast().kind() != Kind.LINE_END) {
                result.add(new Lexeme(Kind.LINE_END, lexeme.span(), true));
            }
            result.add(lexeme);
            Kind next = i + 1 < lexemes.size() ? lexemes.get(i + 1).kind() : Kind.LINE_END;
            if (!closes && broken.contains(i) && next != Kind.LINE_END && next != Kind.COMMENT) {
                result.add(new Lexeme(Kind.LINE_END, lexeme.span(), false));
            }
        }
        return result;
    }
}
