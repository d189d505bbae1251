package org.offx.syntax;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.offx.value.Value;

/**
 * Writes a tree as bytes: of each node its number, then its components in their order. A number is one byte or more of
 * seven bits each; a span is its distance from the one before and its length; a text is its place in a table in front.
 * It is done once for each text, so that it can go by what records say of themselves; {@link TreeReader} is run at each
 * start, and cannot.
 */
final class TreeWriter {

    /** A node's number is its place in this list, which {@link TreeReader} has as well. */
    static final List<Class<? extends Node>> NODES = List.of(
            Expr.Literal.class, Expr.Template.class, Expr.Command.class, Expr.Pipe.class, Expr.Ref.class,
            Expr.Implied.class, Expr.Member.class, Expr.Call.class, Expr.Index.class, Expr.Unary.class,
            Expr.Binary.class, Expr.As.class, Expr.If.class, Expr.Match.class, Expr.Arm.class, Expr.Lambda.class,
            Expr.Quantifier.class, Expr.ListOf.class, Expr.ListComp.class, Expr.Braces.class, Expr.MapComp.class,
            Expr.Block.class, Expr.Probe.class, Expr.Parens.class, Expr.Missing.class, Expr.Element.class,
            Expr.TextPart.class, Expr.Hole.class, Expr.Word.class, Expr.ValuePattern.class, Expr.WordPattern.class,
            Entry.Labelled.class, Entry.Keyed.class, Entry.Shorthand.class, Entry.Spread.class, Name.class,
            Path.class, TypeExpr.Named.class, TypeExpr.Optional.class, TypeExpr.Union.class, TypeExpr.Refined.class,
            TypeExpr.Function.class, TypeExpr.Missing.class, Decl.Use.class, Decl.Module.class, Decl.TypeAlias.class,
            Decl.StructDecl.class, Decl.EnumDecl.class, Decl.Choice.class, Decl.KindDecl.class, Decl.Field.class,
            Decl.LetDecl.class, Decl.FnDecl.class, Decl.FactDecl.class, Decl.NodeDecl.class, Decl.GroupDecl.class,
            Decl.PlayDecl.class, Decl.RoleDecl.class, Decl.ResourceDecl.class, Decl.ActionDecl.class,
            Decl.RuleDecl.class, Decl.TestDecl.class, Decl.Broken.class, Decl.Let.class, Decl.Param.class,
            Decl.TestLet.class, Decl.Given.class, Decl.Expect.class, Decl.ExpectNoChanges.class,
            ResourceItem.SchemaAttribute.class, ResourceItem.NeedsMember.class, ResourceItem.LetMember.class,
            ResourceItem.Observe.class, ResourceItem.Listing.class, ResourceItem.Review.class,
            ResourceItem.Operate.class, ResourceItem.LiveAndKept.class, ResourceItem.Required.class,
            ResourceItem.ReadOnly.class, ResourceItem.OptionTrait.class, ResourceItem.Fixed.class,
            ResourceItem.AtCreate.class, ResourceItem.SameBy.class, ResourceItem.AsBlock.class,
            ResourceItem.ReviewLet.class, ResourceItem.When.class, ResourceItem.Show.class, PlayItem.Setting.class,
            PlayItem.Require.class, PlayItem.Check.class, PlayItem.GuardedTogether.class, TaskItem.LetItem.class,
            TaskItem.ForItem.class, TaskItem.IfItem.class, TaskItem.GuardedItem.class, TaskItem.Task.class,
            Expr.Arg.class, TaskItem.Attribute.class, TaskItem.Shorthand.class, TaskItem.SpreadBody.class,
            TaskItem.NestedEntry.class, TaskItem.OnChange.class, TaskItem.Tags.class, TaskItem.Timeout.class,
            TaskItem.Needs.class, TaskItem.MovedFrom.class, StepItem.LetStep.class, StepItem.Run.class,
            StepItem.Settle.class, StepItem.Edit.class, StepItem.Wait.class, StepItem.OnNode.class,
            StepItem.ForStep.class, StepItem.IfStep.class);

    private final ByteArrayOutputStream tree = new ByteArrayOutputStream();
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final Map<Class<?>, Kind> kinds = new HashMap<>();
    private int last;

    /** What is written of each node of a class: its number, and what its components answer. */
    private record Kind(int number, List<Method> components) {

        static Kind of(Class<?> node) {
            int number = NODES.indexOf(node);
            if (number < 0) {
                throw new IllegalStateException("no number for " + node);
            }
            return new Kind(number, Arrays.stream(node.getRecordComponents()).map(RecordComponent::getAccessor).toList());
        }
    }

    static byte[] write(SourceFile file) {
        TreeWriter writer = new TreeWriter();
        writer.list(file.declarations());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        number(writer.texts.size(), all);
        for (String text : writer.texts.keySet()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length, all);
            all.writeBytes(bytes);
        }
        all.writeBytes(writer.tree.toByteArray());
        return all.toByteArray();
    }

    private void node(Node node) {
        Kind kind = kinds.computeIfAbsent(node.getClass(), Kind::of);
        number(kind.number(), tree);
        for (Method component : kind.components()) {
            try {
                component(component.invoke(node));
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void component(Object component) {
        switch (component) {
            case Span span -> span(span);
            case Node node -> node(node);
            case List<?> list -> list(list);
            case Optional<?> optional -> {
                flag(optional.isPresent());
                optional.ifPresent(this::component);
            }
            case String text -> text(text);
            case Boolean flag -> flag(flag);
            case Value value -> value(value);
            case Enum<?> choice -> number(choice.ordinal(), tree);
            default -> throw new IllegalStateException("a component of a tree is no " + component.getClass());
        }
    }

    private void list(List<?> list) {
        number(list.size(), tree);
        list.forEach(this::component);
    }

    private void span(Span span) {
        int step = span.start() - last;
        number(step < 0 ? -2L * step - 1 : 2L * step, tree);
        number(span.end() - span.start(), tree);
        last = span.start();
    }

    private void text(String text) {
        number(texts.computeIfAbsent(text, t -> texts.size()), tree);
    }

    private void flag(boolean flag) {
        number(flag ? 1 : 0, tree);
    }

    /** What literals are; the rest of the values is never written in a file. */
    private void value(Value value) {
        switch (value) {
            case Value.Nothing ignored -> kind('n');
            case Value.Bool(boolean is) -> kind(is ? 't' : 'f');
            case Value.Int(long number) -> number('i', number);
            case Value.Size(long bytes) -> number('s', bytes);
            case Value.Time(var time) -> number('d', time.toMillis());
            case Value.Rate(long bits) -> number('r', bits);
            case Value.Mode(int bits) -> number('m', bits);
            case Value.Decimal(double number) -> text('.', Double.toString(number));
            case Value.Percent(double number) -> text('%', Double.toString(number));
            case Value.Ip(var address) -> text('a', address.toString());
            case Value.Cidr(var address, int prefix) -> {
                text('c', address.toString());
                number(prefix, tree);
            }
            case Value.Mac(String text) -> text('h', text);
            case Value.Version(String text) -> text('v', text);
            default -> throw new IllegalStateException("no literal: " + value);
        }
    }

    private void kind(char kind) {
        tree.write(kind);
    }

    private void number(char kind, long number) {
        kind(kind);
        number(number, tree);
    }

    private void text(char kind, String text) {
        kind(kind);
        text(text);
    }

    private static void number(long number, ByteArrayOutputStream to) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            to.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}
