package org.offx.check;

import static org.offx.check.Names.Space.TYPE;
import static org.offx.check.Names.Space.VALUE;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** What stands behind a dot: a module's name, a member of an enum, a field, an attribute of a node. */
final class MemberCheck {

    private final Checker checker;

    MemberCheck(Checker checker) {
        this.checker = checker;
    }

    Term member(Expr.Member member, Type expected, Scope scope) {
        Optional<Name> module = module(member.target(), scope);
        if (module.isPresent()) {
            return inModule(member, module.get(), expected, scope);
        }
        Optional<Symbol> type = type(member.target(), scope);
        if (type.isPresent()) {
            return ofType(member, type.get());
        }
        Term target = checker.exprs.infer(member.target(), scope);
        return field(member.span(), target, member.name(), member.safe(), scope);
    }

    /** The module's name, if the expression is one and nothing nearer has that name. */
    Optional<Name> module(Expr target, Scope scope) {
        return target instanceof Expr.Ref(Span span, String name)
                        && scope.local(name).isEmpty()
                        && scope.unit().aliases().containsKey(name)
                        && scope.unit().visible().find(VALUE, name).isEmpty()
                ? Optional.of(new Name(span, name))
                : Optional.empty();
    }

    private Term inModule(Expr.Member member, Name module, Type expected, Scope scope) {
        Optional<Symbol> symbol = scope.unit().qualified(module.text(), VALUE, member.name().text());
        if (symbol.isPresent()) {
            return checker.names.global(member.span(), symbol.get(), expected, scope);
        }
        checker.explain.unknownInModule(member.span(), module, member.name(), scope);
        return ExprCheck.missing(member.span());
    }

    /** {@code Compression} or {@code zfs.Compression} as what stands in front of a dot. */
    private Optional<Symbol> type(Expr target, Scope scope) {
        return switch (target) {
            case Expr.Ref(Span span, String name) when Character.isUpperCase(name.charAt(0)) ->
                checker.lookup.name(scope.unit(), TYPE, name);
            case Expr.Member(Span span, Expr.Ref(Span at, String module), Name name, boolean safe) ->
                scope.unit().qualified(module, TYPE, name.text());
            default -> Optional.empty();
        };
    }

    private Term ofType(Expr.Member member, Symbol type) {
        if (!(type.decl() instanceof Decl.EnumDecl declared)) {
            checker.problems.error(
                    Code.UNKNOWN_MEMBER, member.span(), "`" + type.simple() + "` is a type, and only an enum has members");
            return ExprCheck.missing(member.span());
        }
        return checker.names.member(member.span(), member.name().text(), type.name()).orElseGet(() -> {
            Set<String> known = new LinkedHashSet<>();
            declared.choices().forEach(c -> known.add(c.name().text()));
            Diagnostic diagnostic = Diagnostic.error(
                    Code.UNKNOWN_MEMBER_OF_ENUM,
                    member.name().span(),
                    "`" + type.simple() + "` has no `" + member.name().text() + "`");
            checker.problems.add(
                    Nearest.hint(member.name().text(), known).map(diagnostic::note).orElse(diagnostic));
            return ExprCheck.missing(member.span());
        });
    }

    /** A field of a value that was checked already. */
    Term field(Span span, Term target, Name name, boolean safe, Scope scope) {
        if (Fitting.isBroken(target)) {
            return ExprCheck.missing(span);
        }
        if (target.type() == Basic.NULL && safe) {
            return new Term.Const(span, Basic.NULL, Value.Nothing.NULL);
        }
        if (Types.isNullable(target.type()) && !safe) {
            checker.misfits.maybeNull(target);
            return ExprCheck.missing(span);
        }
        boolean nullable = Types.isNullable(target.type());
        Type of = Types.base(Types.nonNull(target.type()));
        boolean secret = of instanceof Type.Secret;
        Optional<Type> found = fieldType(of instanceof Type.Secret(Type inner) ? Types.base(inner) : of, target, name, scope);
        if (found.isEmpty()) {
            return ExprCheck.missing(span);
        }
        Type type = secret ? new Type.Secret(found.get()) : found.get();
        Term field = new Term.Field(span, nullable ? Types.optional(type) : type, target, name.text(), safe);
        return checker.narrowing.apply(field, scope);
    }

    private Optional<Type> fieldType(Type of, Term target, Name name, Scope scope) {
        return switch (of) {
            case Type.Struct(String struct) -> known(checker.shapes.fieldTypes(struct), of, name, scope);
            case Type.Record(var fields) -> known(fields, of, name, scope);
            case Type.Node node -> checker.nodeAttributes.type(target, node, name, scope);
            case Type.Reference(String resource) when !resource.isEmpty() -> known(keyTypes(resource), of, name, scope);
            default -> unknown(of, Set.of(), name, scope);
        };
    }

    private Map<String, Type> keyTypes(String resource) {
        Map<String, Type> types = new LinkedHashMap<>();
        checker.shapes.schema(resource).key().forEach(k -> types.put(k.text(), k.type()));
        return types;
    }

    private Optional<Type> known(Map<String, Type> fields, Type of, Name name, Scope scope) {
        Type type = fields.get(name.text());
        return type == null ? unknown(of, fields.keySet(), name, scope) : Optional.of(type);
    }

    private Optional<Type> unknown(Type of, Set<String> fields, Name name, Scope scope) {
        Diagnostic diagnostic = Diagnostic.error(
                Code.UNKNOWN_MEMBER,
                name.span(),
                of instanceof Type.Record
                        ? "there is no field `" + name.text() + "` here"
                        : TypeNames.a(of) + " has no field `" + name.text() + "`");
        if (isMethod(of, name.text(), scope)) {
            diagnostic = diagnostic.note("it is called: " + name.text() + "()");
        } else if (of instanceof Type.Prop) {
            diagnostic = diagnostic.note("a property's value is .value(), null where it is inherited");
        } else if (of == Basic.JSON) {
            diagnostic = diagnostic.note("json is read by [\"" + name.text() + "\"], or decoded with `as`");
        } else if (of instanceof Type.MapOf) {
            diagnostic = diagnostic.note("an entry of a map is [\"" + name.text() + "\"], null where there is none");
        } else if (!fields.isEmpty()) {
            diagnostic = Nearest.hint(name.text(), fields).map(diagnostic::note).orElse(diagnostic);
        }
        checker.problems.add(diagnostic);
        return Optional.empty();
    }

    private boolean isMethod(Type of, String name, Scope scope) {
        List<Signature> methods = checker.signatures.methods(name);
        return methods.stream().anyMatch(m -> checker.methods.receives(m, of))
                || checker.lookup
                        .name(scope.unit(), VALUE, name)
                        .filter(s -> s.decl() instanceof Decl.FnDecl)
                        .isPresent();
    }
}
