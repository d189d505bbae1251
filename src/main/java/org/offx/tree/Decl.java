package org.offx.tree;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;

/** A declaration at the top of a file. */
public sealed interface Decl extends Node {

    /** {@code use zfs}, {@code use "inventory.offx" as inventory}. */
    record Use(Span span, List<Module> modules) implements Decl {}

    /** One module of a {@code use}: a library module by its path, or a file by its text. */
    record Module(Span span, String name, boolean file, Optional<Name> alias) implements Node {}

    /** {@code type Mtu = int where 576 <= it and it <= 9600}. */
    record TypeAlias(Span span, String doc, Name name, TypeExpr type) implements Decl {}

    record StructDecl(Span span, String doc, Name name, List<Field> fields) implements Decl {}

    record EnumDecl(Span span, String doc, Name name, List<Choice> choices) implements Decl {}

    /** A member of an enum: plain, with its native spelling, or with a payload. */
    record Choice(Span span, String doc, Name name, Optional<Expr> spelling, Optional<TypeExpr> payload) implements Node {}

    /** The attributes that a node of this kind has. */
    record KindDecl(Span span, String doc, Name name, List<Field> fields) implements Decl {}

    record Field(Span span, String doc, Name name, TypeExpr type, Optional<Expr> defaultValue) implements Node {}

    record LetDecl(Span span, String doc, Let let) implements Decl {}

    /** {@code fn f(x: T): R = …}, {@code probe fn f(x: T): R { … }}. */
    record FnDecl(
            Span span, String doc, boolean probe, Name name, List<Param> params, Optional<TypeExpr> result, Expr body)
            implements Decl {}

    record FactDecl(Span span, String doc, Name name, List<Param> params, TypeExpr type, Expr body) implements Decl {}

    record NodeDecl(Span span, String doc, Name name, Optional<Path> kind, List<Entry> attributes) implements Decl {}

    record GroupDecl(Span span, String doc, Name name, Expr members) implements Decl {}

    record PlayDecl(Span span, String doc, Expr title, boolean oneOf, Expr nodes, List<PlayItem> items)
            implements Decl {}

    record RoleDecl(Span span, String doc, Name name, List<Param> params, List<TaskItem> tasks) implements Decl {}

    /** {@code resource ct(id: Ctid) of cluster { … }}: scope is {@code cluster} or empty for a node's. */
    record ResourceDecl(
            Span span, String doc, Name name, List<Param> params, Optional<Name> scope, List<ResourceItem> items)
            implements Decl {}

    record ActionDecl(Span span, String doc, Name name, List<Param> params, List<ResourceItem> items)
            implements Decl {}

    /** {@code must "why" for nfs.export e when … { … }}; {@code over} is {@code node} or a resource. */
    record RuleDecl(
            Span span, String doc, boolean must, Expr title, Path over, Name variable, Optional<Expr> when, Expr condition)
            implements Decl {}

    record TestDecl(Span span, String doc, Expr title, List<TestItem> items) implements Decl {}

    /** Text in which no declaration could be recognised; an error has been reported for it. */
    record Broken(Span span) implements Decl {}

    record Let(Span span, Name name, Optional<TypeExpr> type, Expr value) implements Node {}

    record Param(Span span, Name name, TypeExpr type, Optional<Expr> defaultValue) implements Node {}

    sealed interface TestItem extends Node {}

    record TestLet(Span span, Let let) implements TestItem {}

    /** {@code given "fixtures/ovh3.state"}: plans below are made against this recorded state. */
    record Given(Span span, Expr file) implements TestItem {}

    record Expect(Span span, Expr condition) implements TestItem {}

    /** {@code expect plan of "Backups" on ovh3 has no changes}. */
    record ExpectNoChanges(Span span, Expr play, Expr nodes) implements TestItem {}
}
