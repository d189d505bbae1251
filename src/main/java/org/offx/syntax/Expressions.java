package org.offx.syntax;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Expr.BinaryOp;
import org.offx.tree.Expr.UnaryOp;
import org.offx.tree.Name;
import org.offx.tree.TypeExpr;

/** Builds expressions: the layers of operators, and what stands above them. */
final class Expressions {

    private final Building building;
    private final Types types;
    private final Primaries primaries;

    Expressions(Building building) {
        this.building = building;
        this.types = new Types(building, this::of);
        this.primaries = new Primaries(building, this);
    }

    Types types() {
        return types;
    }

    Primaries primaries() {
        return primaries;
    }

    /** The expression; where it lacks, {@link Expr.Missing} behind what its owner has. */
    Expr of(@Nullable ExprContext context, ParserRuleContext owner) {
        if (context == null) {
            return new Expr.Missing(building.after(owner));
        }
        try {
            return whole(context);
        } catch (Building.Incomplete incomplete) {
            return new Expr.Missing(building.broken(context, owner));
        }
    }

    Expr of(ExprContext context) {
        return of(context, context);
    }

    private Expr whole(ExprContext context) {
        if (context.exception != null) {
            throw new Building.Incomplete();
        }
        Span span = building.span(context);
        return switch (context) {
            case IfExprContext c -> new Expr.If(span, of(c.expr(0), c), of(c.expr(1), c), of(c.expr(2), c));
            case QuantifierContext c -> new Expr.Quantifier(
                    span, c.ALL() != null, building.name(c.word()), or(c.orExpr()), of(c.expr(), c));
            case LambdaContext c -> new Expr.Lambda(span, List.of(building.name(c.word())), of(c.expr(), c));
            case LambdaManyContext c -> new Expr.Lambda(
                    span, c.word().stream().map(w -> building.name(w)).toList(), of(c.expr(), c));
            case MatchExprContext c -> new Expr.Match(span, or(c.orExpr()), building.each(c.arm(), this::arm));
            case ProbeExprContext c -> probe(span, c);
            case PipeExprContext c -> c.orExpr().size() == 1
                    ? or(c.orExpr(0))
                    : new Expr.Pipe(span, c.orExpr().stream().map(this::or).toList());
            default -> throw new Building.Incomplete();
        };
    }

    private Expr probe(Span span, ProbeExprContext c) {
        List<Expr> parts = c.probed().stream().map(this::probed).toList();
        Expr command = parts.size() == 1
                ? parts.getFirst()
                : new Expr.Pipe(parts.getFirst().span().to(parts.getLast().span()), parts);
        Optional<Expr> on = c.ON() == null ? Optional.empty() : Optional.of(postfix(c.postfix(0)));
        Optional<Expr> timeout = c.TIMEOUT() == null ? Optional.empty() : Optional.of(postfix(c.postfix(c.ON() == null ? 0 : 1)));
        Optional<Expr> when = c.WHEN() == null ? Optional.empty() : Optional.of(or(c.orExpr()));
        return new Expr.Probe(span, command, on, timeout, statuses(c.accepted()), when);
    }

    /** The statuses behind {@code or exit}; none where it is left out. */
    List<Expr> statuses(@Nullable AcceptedContext accepted) {
        return accepted == null || accepted.list() == null
                ? List.of()
                : building.each(accepted.list().element(), this::element).stream().map(this::status).toList();
    }

    private Expr status(Expr.Element element) {
        if (element.spread() || element.condition().isPresent()) {
            building.report(Diagnostic.error(Code.SYNTAX, element.span(), "the statuses of `or exit` are numbers, and ranges of them")
                    .note("in a probe, what is decided later stands behind `when`: or exit [1..255] when .status in others"));
            return new Expr.Missing(element.span());
        }
        return element.value();
    }

    private Expr probed(ProbedContext context) {
        Expr head = context.command() != null
                ? primaries.command(context.command())
                : new Expr.Ref(building.span(context.word()), context.word().getText());
        return suffixes(head, context.suffix());
    }

    Expr.Element element(ElementContext context) {
        Optional<Expr> condition = context.IF() == null ? Optional.empty() : Optional.of(of(context.expr(1), context));
        return new Expr.Element(building.span(context), of(context.expr(0), context), context.SPREAD() != null, condition);
    }

    private Expr.Arm arm(ArmContext context) {
        return new Expr.Arm(
                building.span(context), context.pattern().stream().map(this::pattern).toList(), of(context.expr(), context));
    }

    private Expr.Pattern pattern(PatternContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LiteralPatternContext c when c.literal().NULL() != null -> new Expr.WordPattern(span, "null", Optional.empty());
            case LiteralPatternContext c -> {
                Expr value = primaries.literal(c.literal());
                yield new Expr.ValuePattern(span, c.MINUS() == null ? value : new Expr.Unary(span, UnaryOp.NEGATE, value));
            }
            case StringPatternContext c -> new Expr.ValuePattern(span, primaries.string(c.string()));
            case WordPatternContext c -> new Expr.WordPattern(
                    span, building.name(c.word(0)).text(), building.whole(c.word(1), building::name));
            default -> throw new Building.Incomplete();
        };
    }

    // ---------------------------------------------------------------------------------------- operators, loosest first

    Expr or(@Nullable OrExprContext context) {
        return chain(building.need(context), context.andExpr(), this::and);
    }

    private Expr and(AndExprContext context) {
        return chain(context, context.notExpr(), this::not);
    }

    private Expr not(NotExprContext context) {
        return switch (context) {
            case NegationContext c -> new Expr.Unary(building.span(c), UnaryOp.NOT, not(building.need(c.notExpr())));
            case AffirmationContext c -> chain(c.compareExpr(), c.compareExpr().orElseExpr(), this::orElse);
            default -> throw new Building.Incomplete();
        };
    }

    private Expr orElse(OrElseExprContext context) {
        return chain(context, context.rangeExpr(), this::range);
    }

    private Expr range(RangeExprContext context) {
        return chain(context, context.sumExpr(), this::sum);
    }

    private Expr sum(SumExprContext context) {
        return chain(context, context.productExpr(), this::product);
    }

    private Expr product(ProductExprContext context) {
        return chain(context, context.unaryExpr(), this::unary);
    }

    private Expr unary(UnaryExprContext context) {
        return switch (context) {
            case NegativeContext c -> new Expr.Unary(building.span(c), UnaryOp.NEGATE, unary(building.need(c.unaryExpr())));
            case PositiveContext c -> cast(c.castExpr());
            default -> throw new Building.Incomplete();
        };
    }

    private Expr cast(CastExprContext context) {
        Expr value = postfix(context.postfix());
        for (UnionMemberContext type : context.unionMember()) {
            TypeExpr written = types.member(type, context);
            value = new Expr.As(value.span().to(written.span()), value, written);
        }
        return value;
    }

    /** Operands with operators between them, applied from the left. */
    private <C extends ParserRuleContext> Expr chain(ParserRuleContext context, List<C> operands, Function<C, Expr> build) {
        if (context.exception != null || operands.isEmpty()) {
            throw new Building.Incomplete();
        }
        Expr left = build.apply(operands.getFirst());
        for (int i = 1; i < operands.size(); i++) {
            Token op = ((TerminalNode) context.getChild(2 * i - 1)).getSymbol();
            Expr right = build.apply(operands.get(i));
            left = new Expr.Binary(left.span().to(right.span()), operator(op), building.span(op), left, right);
        }
        return left;
    }

    private static BinaryOp operator(Token token) {
        return switch (token.getType()) {
            case OffxLexer.OR -> BinaryOp.OR;
            case OffxLexer.AND -> BinaryOp.AND;
            case OffxLexer.LT -> BinaryOp.LESS;
            case OffxLexer.LE -> BinaryOp.LESS_OR_EQUAL;
            case OffxLexer.GT -> BinaryOp.GREATER;
            case OffxLexer.GE -> BinaryOp.GREATER_OR_EQUAL;
            case OffxLexer.EQ -> BinaryOp.EQUAL;
            case OffxLexer.NE -> BinaryOp.NOT_EQUAL;
            case OffxLexer.IN -> BinaryOp.IN;
            case OffxLexer.MATCHES -> BinaryOp.MATCHES;
            case OffxLexer.QQ -> BinaryOp.OR_ELSE;
            case OffxLexer.RANGE -> BinaryOp.RANGE;
            case OffxLexer.PLUS -> BinaryOp.ADD;
            case OffxLexer.MINUS -> BinaryOp.SUBTRACT;
            case OffxLexer.STAR -> BinaryOp.MULTIPLY;
            case OffxLexer.SLASH -> BinaryOp.DIVIDE;
            default -> throw new IllegalStateException("no operator: " + token);
        };
    }

    Expr postfix(PostfixContext context) {
        return suffixes(primaries.of(building.need(context.primary())), context.suffix());
    }

    private Expr suffixes(Expr head, List<SuffixContext> suffixes) {
        Expr value = head;
        for (SuffixContext suffix : suffixes) {
            Span span = value.span().to(building.span(suffix));
            value = switch (suffix) {
                case MemberSuffixContext c -> new Expr.Member(span, value, building.name(c.label()), c.QDOT() != null);
                case CallSuffixContext c -> new Expr.Call(span, value, primaries.arguments(c.args()));
                case IndexSuffixContext c -> new Expr.Index(span, value, of(c.expr(), c));
                default -> throw new Building.Incomplete();
            };
        }
        return value;
    }

    // ---------------------------------------------------------------------------------------- blocks

    Decl.Let let(@Nullable LetContext context) {
        LetContext let = building.need(context);
        Optional<TypeExpr> type = let.COLON() == null ? Optional.empty() : Optional.of(types.of(let.type(), let));
        return new Decl.Let(building.span(let), building.name(let.word()), type, of(let.expr(), let));
    }

    /** The braces of a function's body, kept as a block even without definitions. */
    Expr block(@Nullable ValueBlockContext context, ParserRuleContext owner) {
        return context == null
                ? new Expr.Missing(building.after(owner))
                : block(building.span(context), context.let(), of(context.expr(), context));
    }

    Expr block(Span span, List<LetContext> lets, Expr result) {
        return new Expr.Block(span, building.each(lets, this::let), result);
    }

    /** The braces of a condition: a block only where there are definitions. */
    Expr condition(@Nullable ValueBlockContext context, ParserRuleContext owner) {
        return context != null && context.let().isEmpty() ? of(context.expr(), context) : block(context, owner);
    }

    /** A dotted name as an expression. */
    Expr path(PathContext path) {
        List<WordContext> words = path.word();
        Name first = building.name(words.getFirst());
        Expr value = new Expr.Ref(first.span(), first.text());
        for (WordContext word : words.subList(1, words.size())) {
            Name name = building.name(word);
            value = new Expr.Member(value.span().to(name.span()), value, name, false);
        }
        return value;
    }
}
