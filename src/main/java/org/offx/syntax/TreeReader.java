package org.offx.syntax;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.Node;
import org.offx.tree.Path;
import org.offx.tree.PlayItem;
import org.offx.tree.ResourceItem;
import org.offx.tree.SourceFile;
import org.offx.tree.StepItem;
import org.offx.tree.TaskItem;
import org.offx.tree.TypeExpr;
import org.offx.value.Address;
import org.offx.value.Value;

/** Reads what {@link TreeWriter} wrote: the components of each node in the order in which its record declares them. */
final class TreeReader {

    private static final Expr.UnaryOp[] UNARY = Expr.UnaryOp.values();
    private static final Expr.BinaryOp[] BINARY = Expr.BinaryOp.values();
    private static final ResourceItem.Operation[] OPERATIONS = ResourceItem.Operation.values();
    private static final ResourceItem.Verdict[] VERDICTS = ResourceItem.Verdict.values();
    private static final TaskItem.Modifier[] MODIFIERS = TaskItem.Modifier.values();

    private final Source source;
    private final byte[] bytes;
    private final String[] texts;
    private int at;
    private int last;

    private TreeReader(Source source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
        this.texts = new String[count()];
        for (int i = 0; i < texts.length; i++) {
            int length = count();
            texts[i] = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
        }
    }

    static SourceFile read(Source source, byte[] bytes) {
        return new SourceFile(source.span(0, source.text().length()), source, new TreeReader(source, bytes).list());
    }

    /** The type that the caller wants is the one that was written: {@link TreeWriter} goes by the same declarations. */
    @SuppressWarnings("unchecked")
    private <N extends Node> N node() {
        int number = count();
        Node node;
        if (number < 31) {
            node = expression(number);
        } else if (number < 43) {
            node = type(number);
        } else if (number < 69) {
            node = declaration(number);
        } else if (number < 87) {
            node = resource(number);
        } else if (number < 106) {
            node = task(number);
        } else {
            node = step(number);
        }
        return (N) node;
    }

    private Node expression(int number) {
        return switch (number) {
            case 0 -> new Expr.Literal(span(), value());
            case 1 -> new Expr.Template(span(), list());
            case 2 -> new Expr.Command(span(), list());
            case 3 -> new Expr.Pipe(span(), list());
            case 4 -> new Expr.Ref(span(), text());
            case 5 -> new Expr.Implied(span(), node());
            case 6 -> new Expr.Member(span(), node(), node(), flag());
            case 7 -> new Expr.Call(span(), node(), list());
            case 8 -> new Expr.Index(span(), node(), node());
            case 9 -> new Expr.Unary(span(), UNARY[count()], node());
            case 10 -> new Expr.Binary(span(), BINARY[count()], span(), node(), node());
            case 11 -> new Expr.As(span(), node(), node());
            case 12 -> new Expr.If(span(), node(), node(), node());
            case 13 -> new Expr.Match(span(), node(), list());
            case 14 -> new Expr.Arm(span(), list(), node());
            case 15 -> new Expr.Lambda(span(), list(), node());
            case 16 -> new Expr.Quantifier(span(), flag(), node(), node(), node());
            case 17 -> new Expr.ListOf(span(), list());
            case 18 -> new Expr.ListComp(span(), node(), node(), node(), optional());
            case 19 -> new Expr.Braces(span(), list());
            case 20 -> new Expr.MapComp(span(), node(), node(), node(), node(), optional());
            case 21 -> new Expr.Block(span(), list(), node());
            case 22 -> new Expr.Probe(span(), node(), optional(), optional(), list(), optional());
            case 23 -> new Expr.Parens(span(), node());
            case 24 -> new Expr.Missing(span());
            case 25 -> new Expr.Element(span(), node(), flag(), optional());
            case 26 -> new Expr.TextPart(span(), text());
            case 27 -> new Expr.Hole(span(), node());
            case 28 -> new Expr.Word(span(), list());
            case 29 -> new Expr.ValuePattern(span(), node());
            case 30 -> new Expr.WordPattern(span(), text(), optional());
            default -> throw unknown(number);
        };
    }

    private Node type(int number) {
        return switch (number) {
            case 31 -> new Entry.Labelled(span(), node(), node());
            case 32 -> new Entry.Keyed(span(), node(), node());
            case 33 -> new Entry.Shorthand(span(), node());
            case 34 -> new Entry.Spread(span(), node());
            case 35 -> new Name(span(), text());
            case 36 -> new Path(span(), list());
            case 37 -> new TypeExpr.Named(span(), node(), list());
            case 38 -> new TypeExpr.Optional(span(), node());
            case 39 -> new TypeExpr.Union(span(), list());
            case 40 -> new TypeExpr.Refined(span(), node(), node());
            case 41 -> new TypeExpr.Function(span(), list(), node());
            case 42 -> new TypeExpr.Missing(span());
            default -> throw unknown(number);
        };
    }

    private Node declaration(int number) {
        return switch (number) {
            case 43 -> new Decl.Use(span(), list());
            case 44 -> new Decl.Module(span(), text(), flag(), optional());
            case 45 -> new Decl.TypeAlias(span(), text(), node(), node());
            case 46 -> new Decl.StructDecl(span(), text(), node(), list());
            case 47 -> new Decl.EnumDecl(span(), text(), node(), list());
            case 48 -> new Decl.Choice(span(), text(), node(), optional(), optional());
            case 49 -> new Decl.KindDecl(span(), text(), node(), list());
            case 50 -> new Decl.Field(span(), text(), node(), node(), optional());
            case 51 -> new Decl.LetDecl(span(), text(), node());
            case 52 -> new Decl.FnDecl(span(), text(), flag(), node(), list(), optional(), node());
            case 53 -> new Decl.FactDecl(span(), text(), node(), list(), node(), node());
            case 54 -> new Decl.NodeDecl(span(), text(), node(), optional(), list());
            case 55 -> new Decl.GroupDecl(span(), text(), node(), node());
            case 56 -> new Decl.PlayDecl(span(), text(), node(), flag(), node(), list());
            case 57 -> new Decl.RoleDecl(span(), text(), node(), list(), list());
            case 58 -> new Decl.ResourceDecl(span(), text(), node(), list(), optional(), list());
            case 59 -> new Decl.ActionDecl(span(), text(), node(), list(), list());
            case 60 -> new Decl.RuleDecl(span(), text(), flag(), node(), node(), node(), optional(), node());
            case 61 -> new Decl.TestDecl(span(), text(), node(), list());
            case 62 -> new Decl.Broken(span());
            case 63 -> new Decl.Let(span(), node(), optional(), node());
            case 64 -> new Decl.Param(span(), node(), node(), optional());
            case 65 -> new Decl.TestLet(span(), node());
            case 66 -> new Decl.Given(span(), node());
            case 67 -> new Decl.Expect(span(), node());
            case 68 -> new Decl.ExpectNoChanges(span(), node(), node());
            default -> throw unknown(number);
        };
    }

    private Node resource(int number) {
        return switch (number) {
            case 69 -> new ResourceItem.SchemaAttribute(span(), text(), node(), node(), optional(), list());
            case 70 -> new ResourceItem.NeedsMember(span(), node());
            case 71 -> new ResourceItem.LetMember(span(), node());
            case 72 -> new ResourceItem.Observe(span(), node());
            case 73 -> new ResourceItem.Listing(span(), node());
            case 74 -> new ResourceItem.Review(span(), list());
            case 75 -> new ResourceItem.Operate(span(), OPERATIONS[count()], flag(), flag(), list(), list());
            case 76 -> new ResourceItem.LiveAndKept(span());
            case 77 -> new ResourceItem.Required(span());
            case 78 -> new ResourceItem.ReadOnly(span());
            case 79 -> new ResourceItem.OptionTrait(span());
            case 80 -> new ResourceItem.Fixed(span(), node());
            case 81 -> new ResourceItem.AtCreate(span());
            case 82 -> new ResourceItem.SameBy(span(), node());
            case 83 -> new ResourceItem.AsBlock(span(), node());
            case 84 -> new ResourceItem.ReviewLet(span(), node());
            case 85 -> new ResourceItem.When(span(), node(), VERDICTS[count()], node(), optional());
            case 86 -> new ResourceItem.Show(span(), node(), node(), node());
            default -> throw unknown(number);
        };
    }

    private Node task(int number) {
        return switch (number) {
            case 87 -> new PlayItem.Setting(span(), node(), node());
            case 88 -> new PlayItem.Require(span(), node(), node(), optional());
            case 89 -> new PlayItem.Check(span(), node());
            case 90 -> new PlayItem.GuardedTogether(span(), node(), node());
            case 91 -> new TaskItem.LetItem(span(), node());
            case 92 -> new TaskItem.ForItem(span(), node(), node(), list());
            case 93 -> new TaskItem.IfItem(span(), node(), list(), list());
            case 94 -> new TaskItem.GuardedItem(span(), node(), list(), optional());
            case 95 -> new TaskItem.Task(span(), modifier(), node(), optional(), arguments(), list());
            case 96 -> new Expr.Arg(span(), optional(), node());
            case 97 -> new TaskItem.Attribute(span(), flag(), node(), node());
            case 98 -> new TaskItem.Shorthand(span(), node());
            case 99 -> new TaskItem.SpreadBody(span(), node());
            case 100 -> new TaskItem.NestedEntry(span(), node(), node(), list());
            case 101 -> new TaskItem.OnChange(span(), list());
            case 102 -> new TaskItem.Tags(span(), node());
            case 103 -> new TaskItem.Timeout(span(), node());
            case 104 -> new TaskItem.Needs(span(), node());
            case 105 -> new TaskItem.MovedFrom(span(), node(), flag());
            default -> throw unknown(number);
        };
    }

    private Node step(int number) {
        return switch (number) {
            case 106 -> new StepItem.LetStep(span(), node());
            case 107 -> new StepItem.Run(span(), node(), optional(), optional(), list());
            case 108 -> new StepItem.Settle(span(), node());
            case 109 -> new StepItem.Edit(span(), node(), node(), node(), optional(), optional(), optional(), optional());
            case 110 -> new StepItem.Wait(span(), node(), node());
            case 111 -> new StepItem.OnNode(span(), node(), list());
            case 112 -> new StepItem.ForStep(span(), node(), node(), list());
            case 113 -> new StepItem.IfStep(span(), node(), list(), list());
            default -> throw unknown(number);
        };
    }

    private Value value() {
        char kind = (char) bytes[at++];
        return switch (kind) {
            case 'n' -> Value.Nothing.NULL;
            case 't' -> new Value.Bool(true);
            case 'f' -> new Value.Bool(false);
            case 'i' -> new Value.Int(number());
            case 's' -> new Value.Size(number());
            case 'd' -> new Value.Time(Duration.ofMillis(number()));
            case 'r' -> new Value.Rate(number());
            case 'm' -> new Value.Mode(count());
            case '.' -> new Value.Decimal(Double.parseDouble(text()));
            case '%' -> new Value.Percent(Double.parseDouble(text()));
            case 'a' -> new Value.Ip(address());
            case 'c' -> new Value.Cidr(address(), count());
            case 'h' -> new Value.Mac(text());
            case 'v' -> new Value.Version(text());
            default -> throw unknown(kind);
        };
    }

    private Address address() {
        return Address.parse(text()).orElseThrow();
    }

    private Optional<TaskItem.Modifier> modifier() {
        return flag() ? Optional.of(MODIFIERS[count()]) : Optional.empty();
    }

    private Optional<List<Expr.Arg>> arguments() {
        return flag() ? Optional.of(list()) : Optional.empty();
    }

    private <N extends Node> Optional<N> optional() {
        return flag() ? Optional.of(node()) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private <N extends Node> List<N> list() {
        Node[] nodes = new Node[count()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = node();
        }
        return (List<N>) List.of(nodes);
    }

    private Span span() {
        long step = number();
        last += (int) ((step & 1) == 0 ? step >>> 1 : -((step + 1) >>> 1));
        return new Span(source, last, last + count());
    }

    private String text() {
        return texts[count()];
    }

    private boolean flag() {
        return bytes[at++] != 0;
    }

    private int count() {
        return (int) number();
    }

    private long number() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    private static IllegalStateException unknown(int number) {
        return new IllegalStateException("no node and no value has the number " + number);
    }
}
