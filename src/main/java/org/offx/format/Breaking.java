package org.offx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/**
 * Where a line that is too long is broken: at the place that reads best, one at a time. From the best: the clauses of a
 * review, a block, behind the {@code =} of a function, before {@code else}, the last list or call of several elements,
 * before the condition of an element, before {@code then}, before {@code or exit}, before the last method, before an
 * operator, inside of the last call. A line that has none of them stays as it is.
 */
final class Breaking {

    /** What may stand behind the closing bracket of a list that is broken, in columns: {@code ].join(", ")}. */
    private static final int SHORT_TAIL = 24;

    private static final Set<String> VERDICTS = Set.of("refuse", "consent", "note", "show");
    private static final Set<String> CLAUSES = Set.of("if", "then", "else", "for", "and", "or");
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in", "matches", "not");
    private static final List<Set<String>> OPERATORS = List.of(Set.of("or"), Set.of("and"), Set.of("??"), Set.of("+"));

    /** A part of the line, on a line of its own; whether it goes on with what the part before it began. */
    record Part(List<Lexeme> pieces, boolean continues) {}

    private final List<Lexeme> pieces;
    private final Nesting nesting;
    private final boolean inBrackets;

    private Breaking(List<Lexeme> pieces, boolean inBrackets) {
        this.pieces = pieces;
        this.nesting = new Nesting(pieces);
        this.inBrackets = inBrackets;
    }

    /** @param inBrackets whether the line stands inside of parentheses or square brackets, where a line may end anywhere */
    static Optional<List<Part>> of(List<Lexeme> pieces, boolean inBrackets) {
        Breaking line = new Breaking(pieces, inBrackets);
        return line.review()
                .or(line::block)
                .or(line::function)
                .or(() -> line.before(i -> line.is(i, "else")))
                .or(() -> line.bracket(0, pieces.size(), true))
                .or(line::condition)
                .or(() -> line.before(i -> line.is(i, "then")))
                .or(() -> line.before(i -> line.is(i, "or") && line.is(i + 1, "exit")))
                .or(line::method)
                .or(line::operator)
                .or(() -> line.bracket(0, pieces.size(), false));
    }

    private Optional<List<Part>> review() {
        boolean when = is(0, "when");
        if (!when && !(VERDICTS.contains(text(0)) && pieces.size() > 1 && !startsTask())) {
            return Optional.empty();
        }
        int verdict = when ? IntStream.range(2, pieces.size()).filter(this::beginsVerdict).findFirst().orElse(-1) : 0;
        if (verdict < 0) {
            return Optional.empty();
        }
        int condition = lastCondition(verdict + 1, pieces.size());
        return before(i -> i == verdict || i == condition);
    }

    /** {@code note "x" { … }} may be a task, or a function, whose name is that of a verdict. */
    private boolean startsTask() {
        int last = pieces.size() - 1;
        return !is(1, Kind.WORD) || is(last, Kind.OPEN_BRACE) || is(last, Kind.CLOSE_BRACE);
    }

    private boolean beginsVerdict(int i) {
        boolean operand = is(i - 1, Kind.TIGHT) || is(i - 1, Kind.PREFIX) || is(i - 1, Kind.INFIX)
                || WORD_OPERATORS.contains(text(i - 1));
        return isOutside(i) && !operand && is(i, Kind.WORD) && VERDICTS.contains(text(i));
    }

    private Optional<List<Part>> block() {
        for (int i = 0; i < pieces.size(); i++) {
            int close = isOutside(i) && is(i, Kind.OPEN_BRACE) ? nesting.closing(i) : -1;
            if (close > i + 1) {
                return Optional.of(spread(i, close));
            }
        }
        return Optional.empty();
    }

    private Optional<List<Part>> function() {
        boolean function = is(0, "fn") || is(0, "probe") && is(1, "fn") || is(0, "fact");
        int at = function ? assignment() : -1;
        boolean bracket = at > 0 && Nesting.isOpening(pieces.get(at + 1).kind()) && nesting.closing(at + 1) == pieces.size() - 1;
        boolean fits = at > 0 && Line.INDENT + width(at + 1, pieces.size()) <= Wrapping.WIDEST;
        return at > 0 && (fits || !bracket) ? Optional.of(cut(at + 1)) : Optional.empty();
    }

    private int assignment() {
        return IntStream.range(1, pieces.size() - 1)
                .filter(i -> isOutside(i) && is(i, Kind.ASSIGN))
                .findFirst()
                .orElse(-1);
    }

    private int width(int from, int to) {
        return from == to ? 0 : Line.of(pieces.subList(from, to), false, false).width();
    }

    /**
     * The last list or call between two places, with little behind it, that is no operand.
     *
     * @param several whether it must have several elements
     */
    private Optional<List<Part>> bracket(int from, int to, boolean several) {
        int open = lastBracket(from, to);
        if (open < 0
                || !smallTail(nesting.closing(open) + 1, to)
                || IntStream.range(Math.max(from, 1), open).anyMatch(i -> isBeside(i, open) && isOperator(i))) {
            return Optional.empty();
        }
        int close = nesting.closing(open);
        boolean list = commas(open, close) || clause(open, close) >= 0;
        if (list) {
            return Optional.of(spread(open, close));
        }
        Optional<List<Part>> inner = bracket(open + 1, close, several);
        return inner.isPresent() || several || close == open + 1 ? inner : Optional.of(spread(open, close));
    }

    /** The last one that is not empty and closed on this line; an index is none. */
    private int lastBracket(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            boolean closed = nesting.closing(i) > i + 1 && nesting.closing(i) < to;
            if (closed && isBeside(i, from) && !text(i).equals("<")) {
                return i;
            }
        }
        return -1;
    }

    private boolean isOperator(int i) {
        return is(i, Kind.INFIX) && !text(i).equals("=>") || is(i, Kind.WORD) && WORD_OPERATORS.contains(text(i));
    }

    /** The last call of a method on what is itself a call or a list. */
    private Optional<List<Part>> method() {
        int last = IntStream.range(1, pieces.size() - 2)
                .filter(i -> isOutside(i) && is(i, Kind.TIGHT) && !text(i).equals(".."))
                .filter(i -> is(i + 2, Kind.OPEN_APPLIED) && nesting.closing(i + 2) > i + 3)
                .reduce((a, b) -> b)
                .orElse(-1);
        boolean operand = IntStream.range(0, Math.max(0, last)).anyMatch(i -> isOutside(i) && isOperator(i));
        boolean onCall = last > 0 && is(last - 1, Kind.CLOSE);
        return onCall && !operand ? Optional.of(cut(last)) : Optional.empty();
    }

    private boolean smallTail(int from, int to) {
        boolean plain = IntStream.range(from, to).noneMatch(i -> isBeside(i, from) && CLAUSES.contains(text(i)));
        return plain && width(from, to) <= SHORT_TAIL;
    }

    /** The brackets on lines of their own, and what is inside one by one; the `for` of a comprehension begins a line. */
    private List<Part> spread(int open, int close) {
        boolean braces = is(open, Kind.OPEN_BRACE);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(pieces.subList(0, open + 1), false));
        int clause = clause(open, close);
        if (clause >= 0) {
            parts.add(new Part(pieces.subList(open + 1, clause), false));
            parts.add(new Part(pieces.subList(clause, close), true));
        } else {
            parts.addAll(elements(open, close, braces));
        }
        parts.add(new Part(pieces.subList(close, pieces.size()), true));
        return parts;
    }

    private List<Part> elements(int open, int close, boolean braces) {
        List<Part> elements = new ArrayList<>();
        int start = open + 1;
        Lexeme comma = pieces.get(open);
        for (int i = start; i <= close; i++) {
            boolean ends = i == close || is(i, Kind.COMMA) && isInside(i, open);
            if (!ends) {
                continue;
            }
            List<Lexeme> element = new ArrayList<>(pieces.subList(start, i));
            comma = i < close ? pieces.get(i) : comma;
            if (!braces && comma.kind() == Kind.COMMA) {
                element.add(comma);
            }
            if (!element.isEmpty()) {
                elements.add(new Part(element, false));
            }
            start = i + 1;
        }
        return elements;
    }

    private boolean commas(int open, int close) {
        return IntStream.range(open + 1, close).anyMatch(i -> isInside(i, open) && is(i, Kind.COMMA));
    }

    /** Where the `for` of a comprehension stands; none where negative. */
    private int clause(int open, int close) {
        return IntStream.range(open + 2, close)
                .filter(i -> isInside(i, open) && is(i, "for") && beginsClause(i))
                .findFirst()
                .orElse(-1);
    }

    private boolean beginsClause(int i) {
        return is(i + 1, Kind.WORD) && !is(i - 1, Kind.COMMA) && !Nesting.isOpening(pieces.get(i - 1).kind());
    }

    /** The condition of an element of a list, or of a comprehension. */
    private Optional<List<Part>> condition() {
        int condition = inBrackets ? lastCondition(1, pieces.size()) : -1;
        return condition < 0 ? Optional.empty() : Optional.of(cut(condition));
    }

    /** The last `if` that is no choice between two values: nothing behind it says `then`. */
    private int lastCondition(int from, int to) {
        int condition = -1;
        for (int i = from; i < to; i++) {
            condition = !isOutside(i) ? condition : is(i, "if") ? i : is(i, "then") ? -1 : condition;
        }
        return condition;
    }

    private Optional<List<Part>> operator() {
        boolean fits = !is(0, "when") && !VERDICTS.contains(text(0));
        return OPERATORS.stream()
                .filter(operator -> fits)
                .flatMap(operator -> before(i -> operator.contains(text(i))).stream())
                .findFirst();
    }

    /** Each of these places outside of all brackets, but for the first piece, begins a line. */
    private Optional<List<Part>> before(IntPredicate place) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < pieces.size(); i++) {
            if (isOutside(i) && place.test(i) && !is(i - 1, Kind.TIGHT)) {
                parts.add(new Part(pieces.subList(start, i), start > 0));
                start = i;
            }
        }
        parts.add(new Part(pieces.subList(start, pieces.size()), start > 0));
        return parts.size() > 1 ? Optional.of(parts) : Optional.empty();
    }

    private List<Part> cut(int at) {
        return List.of(new Part(pieces.subList(0, at), false), new Part(pieces.subList(at, pieces.size()), true));
    }

    private boolean is(int i, Kind kind) {
        return i < pieces.size() && pieces.get(i).kind() == kind;
    }

    private boolean is(int i, String word) {
        return is(i, Kind.WORD) && text(i).equals(word);
    }

    /** Outside of all brackets of the line. */
    private boolean isOutside(int i) {
        return nesting.depth(i) == 0;
    }

    private boolean isBeside(int i, int other) {
        return nesting.depth(i) == nesting.depth(other);
    }

    /** Directly inside of a bracket. */
    private boolean isInside(int i, int bracket) {
        return nesting.depth(i) == nesting.depth(bracket) + 1;
    }

    private String text(int i) {
        return pieces.get(i).span().text();
    }
}
