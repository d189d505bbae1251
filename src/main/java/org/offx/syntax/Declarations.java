package org.offx.syntax;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Decl.Field;
import org.offx.tree.Decl.Param;
import org.offx.tree.Decl.TestItem;
import org.offx.tree.Expr;
import org.offx.tree.Path;
import org.offx.tree.TaskItem;
import org.offx.tree.TypeExpr;

/** Builds the declarations of a file; one whose head cannot be read is {@link Decl.Broken}. */
final class Declarations {

    private final Building building;
    private final Expressions expressions;
    private final Types types;
    private final Tasks tasks;
    private final Resources resources;

    Declarations(Building building) {
        this.building = building;
        this.expressions = new Expressions(building);
        this.types = expressions.types();
        this.tasks = new Tasks(building, expressions);
        this.resources = new Resources(building, expressions);
    }

    List<Decl> of(FileContext file) {
        return file.decl().stream().map(this::declaration).toList();
    }

    Expr expression(StandaloneExprContext context) {
        return expressions.of(context.expr(), context);
    }

    Optional<TaskItem> task(StandaloneItemContext context) {
        return building.whole(context.taskItem(), tasks::item);
    }

    private Decl declaration(DeclContext context) {
        return building.whole(context, this::whole).orElseGet(() -> new Decl.Broken(building.span(context)));
    }

    private Decl whole(DeclContext context) {
        Span span = building.span(context);
        String doc = building.doc(context);
        return switch (context) {
            case UseDeclContext c -> new Decl.Use(span, building.each(c.module(), this::module));
            case TypeDeclContext c -> new Decl.TypeAlias(span, doc, building.name(symbol(c.UNAME())), types.refined(c.refinedType(), c));
            case StructDeclContext c -> new Decl.StructDecl(span, doc, building.name(symbol(c.UNAME())), fields(c.fields()));
            case EnumDeclContext c -> new Decl.EnumDecl(span, doc, building.name(symbol(c.UNAME())), building.each(c.choice(), this::choice));
            case KindDeclContext c -> new Decl.KindDecl(span, doc, building.name(symbol(c.UNAME())), fields(c.fields()));
            case LetDeclContext c -> new Decl.LetDecl(span, doc, expressions.let(c.let()));
            case FnDeclContext c -> new Decl.FnDecl(
                    span,
                    doc,
                    c.PROBE() != null,
                    building.name(c.word()),
                    params(c.params()),
                    c.COLON() == null ? Optional.empty() : Optional.of(types.of(c.type(), c)),
                    bodyOf(c.expr(), c.valueBlock(), c));
            case FactDeclContext c -> new Decl.FactDecl(
                    span,
                    doc,
                    building.name(c.word()),
                    params(c.params()),
                    types.of(c.type(), c),
                    bodyOf(c.expr(), c.valueBlock(), c));
            case NodeDeclContext c -> new Decl.NodeDecl(
                    span,
                    doc,
                    building.name(c.word()),
                    building.whole(c.typePath(), types::path),
                    c.record() == null ? List.of() : expressions.primaries().entries(c.record()));
            case GroupDeclContext c -> new Decl.GroupDecl(span, doc, building.name(c.word()), expressions.of(c.expr(), c));
            case PlayDeclContext c -> new Decl.PlayDecl(
                    span,
                    doc,
                    expressions.primaries().string(c.string()),
                    c.ONE() != null,
                    expressions.of(c.expr(), c),
                    building.each(c.playItem(), tasks::playItem));
            case RoleDeclContext c -> new Decl.RoleDecl(
                    span, doc, building.name(c.word()), params(c.params()), tasks.block(c.tasks()));
            case ResourceDeclContext c -> new Decl.ResourceDecl(
                    span,
                    doc,
                    building.name(c.word(0)),
                    params(c.params()),
                    building.whole(c.word(1), building::name),
                    resources.members(c.members()));
            case ActionDeclContext c -> new Decl.ActionDecl(
                    span, doc, building.name(c.word()), params(c.params()), resources.members(c.members()));
            case RuleDeclContext c -> rule(span, doc, c);
            case TestDeclContext c -> new Decl.TestDecl(
                    span, doc, expressions.primaries().string(c.string()), building.each(c.testItem(), this::testItem));
            default -> throw new Building.Incomplete();
        };
    }

    private static org.antlr.v4.runtime.@Nullable Token symbol(org.antlr.v4.runtime.tree.@Nullable TerminalNode node) {
        return node == null ? null : node.getSymbol();
    }

    private Decl rule(Span span, String doc, RuleDeclContext c) {
        return new Decl.RuleDecl(
                span,
                doc,
                c.MUST() != null,
                expressions.primaries().string(c.string()),
                building.path(c.path()),
                building.name(c.word()),
                c.WHEN() == null ? Optional.empty() : Optional.of(expressions.of(c.expr(), c)),
                expressions.condition(c.valueBlock(), c));
    }

    private Expr bodyOf(@Nullable ExprContext value, @Nullable ValueBlockContext block, ParserRuleContext owner) {
        return block == null ? expressions.of(value, owner) : expressions.block(block, owner);
    }

    private Decl.Module module(ModuleContext context) {
        Span span = building.span(context);
        Optional<org.offx.tree.Name> alias = building.whole(context.word(), building::name);
        if (context.path() != null) {
            Path path = building.path(context.path());
            return new Decl.Module(span, path.text(), false, alias);
        }
        Expr.Template file = (Expr.Template) expressions.primaries().string(context.string());
        if (file.parts().size() == 1 && file.parts().getFirst() instanceof Expr.TextPart(Span at, String name)) {
            return new Decl.Module(span, name, true, alias);
        }
        building.report(Diagnostic.error(Code.SYNTAX, file.span(), "a file to use is named by a plain text")
                .note("files are read before anything is evaluated, so the name cannot depend on a value"));
        throw new Building.Incomplete();
    }

    private List<Field> fields(@Nullable FieldsContext context) {
        return context == null ? List.of() : building.each(context.field(), this::field);
    }

    private Field field(FieldContext c) {
        return new Field(
                building.span(c), building.doc(c), building.name(c.label()), types.refined(c.refinedType(), c), assigned(c.ASSIGN() != null, c.expr(), c));
    }

    private Decl.Choice choice(ChoiceContext c) {
        Optional<Expr> spelling = c.ASSIGN() == null ? Optional.empty() : Optional.of(expressions.primaries().string(c.string()));
        Optional<TypeExpr> payload = c.LPAREN() == null ? Optional.empty() : Optional.of(types.of(c.type(), c));
        return new Decl.Choice(building.span(c), building.doc(c), building.name(c.word()), spelling, payload);
    }

    private List<Param> params(@Nullable ParamsContext context) {
        return context == null ? List.of() : building.each(context.param(), this::param);
    }

    private Param param(ParamContext c) {
        return new Param(
                building.span(c), building.name(c.word()), types.refined(c.refinedType(), c), assigned(c.ASSIGN() != null, c.expr(), c));
    }

    private Optional<Expr> assigned(boolean written, @Nullable ExprContext value, ParserRuleContext owner) {
        return written ? Optional.of(expressions.of(value, owner)) : Optional.empty();
    }

    private TestItem testItem(TestItemContext context) {
        Span span = building.span(context);
        return switch (context) {
            case LetTestContext c -> new Decl.TestLet(span, expressions.let(c.let()));
            case GivenTestContext c -> new Decl.Given(span, expressions.primaries().string(c.string()));
            case ExpectPlanContext c -> new Decl.ExpectNoChanges(
                    span, expressions.primaries().string(c.string()), expressions.of(c.expr(), c));
            case ExpectTrueContext c -> new Decl.Expect(span, expressions.of(c.expr(), c));
            default -> throw new Building.Incomplete();
        };
    }
}
