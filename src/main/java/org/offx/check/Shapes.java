package org.offx.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.ResourceItem;
import org.offx.tree.ResourceItem.SchemaAttribute;
import org.offx.tree.TypeExpr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** What declarations say of types, before any expression is looked at: fields, members, parameters, schemas. */
final class Shapes {

    private final Checker checker;
    private final Map<String, Symbol> types = new HashMap<>();
    private final Map<String, Symbol> heads = new HashMap<>();
    private final Map<Symbol, Type> meanings = new IdentityHashMap<>();
    private final SequencedSet<Symbol> reading = new LinkedHashSet<>();
    private final Map<Symbol, List<Slot>> slots = new IdentityHashMap<>();
    private final Map<Symbol, SequencedMap<String, Type>> fields = new IdentityHashMap<>();
    private final Map<Symbol, Schema> schemas = new IdentityHashMap<>();
    private final SequencedMap<String, Refinement> refinements = new LinkedHashMap<>();

    Shapes(Checker checker) {
        this.checker = checker;
    }

    void add(Symbol symbol, Names.Space space) {
        switch (space) {
            case TYPE -> types.put(symbol.name(), symbol);
            case HEAD -> heads.put(symbol.name(), symbol);
            case VALUE -> {}
        }
    }

    void add(Refinement refinement) {
        refinements.put(refinement.name(), refinement);
    }

    Optional<Refinement> refinement(String name) {
        return Optional.ofNullable(refinements.get(name));
    }

    /** Those that have been read so far, by name. */
    Map<String, Refinement> refinements() {
        return Collections.unmodifiableMap(refinements);
    }

    /** The declaration of a type by its qualified name. */
    Symbol type(String qualified) {
        return types.get(qualified);
    }

    Symbol head(String qualified) {
        return heads.get(qualified);
    }

    /** What a declared type's name means. */
    Type type(Symbol symbol) {
        Type known = meanings.get(symbol);
        if (known != null) {
            return known;
        }
        if (!reading.add(symbol)) {
            List<Symbol> chain = new ArrayList<>(reading);
            checker.explain.cycle(chain.subList(chain.indexOf(symbol), chain.size()), "a type cannot contain itself");
            return Basic.ERROR;
        }
        Type type = switch (symbol.decl()) {
            case Decl.StructDecl ignored -> new Type.Struct(symbol.name());
            case Decl.EnumDecl ignored -> new Type.Enum(symbol.name());
            case Decl.KindDecl ignored -> new Type.Node(symbol.name());
            case Decl.TypeAlias(Span span, String doc, Name name, TypeExpr.Refined refined) ->
                checker.typeReader.refined(refined, symbol.unit(), symbol.name(), doc, symbol.span());
            case Decl.TypeAlias alias -> checker.typeReader.read(alias.type(), symbol.unit());
            default -> throw new IllegalStateException(symbol + " is no type");
        };
        reading.remove(symbol);
        meanings.put(symbol, type);
        return type;
    }

    boolean isStruct(Symbol symbol) {
        return symbol.decl() instanceof Decl.StructDecl;
    }

    boolean isResource(Symbol head) {
        return head.decl() instanceof Decl.ResourceDecl;
    }

    /** Fields of a struct or kind; parameters of a function, fact, role or action; key of a resource. */
    List<Slot> slots(Symbol symbol) {
        List<Slot> known = slots.get(symbol);
        if (known == null) {
            known = switch (symbol.decl()) {
                case Decl.StructDecl struct -> fields(struct.fields(), symbol.unit());
                case Decl.KindDecl kind -> fields(kind.fields(), symbol.unit());
                case Decl.FnDecl fn -> params(fn.params(), symbol.unit());
                case Decl.FactDecl fact -> params(fact.params(), symbol.unit());
                case Decl.RoleDecl role -> params(role.params(), symbol.unit());
                case Decl.ActionDecl action -> params(action.params(), symbol.unit());
                case Decl.ResourceDecl resource -> params(resource.params(), symbol.unit());
                default -> throw new IllegalStateException(symbol + " has no parameters");
            };
            slots.put(symbol, known);
        }
        return known;
    }

    private List<Slot> fields(List<Decl.Field> written, Unit unit) {
        Set<String> seen = new HashSet<>();
        List<Slot> result = new ArrayList<>();
        for (Decl.Field f : written) {
            if (checker.declarations.once(seen, f.name())) {
                result.add(new Slot(f.name(), f.doc(), checker.typeReader.read(f.type(), unit), f.defaultValue()));
            }
        }
        return result;
    }

    private List<Slot> params(List<Decl.Param> written, Unit unit) {
        Set<String> seen = new HashSet<>();
        List<Slot> result = new ArrayList<>();
        for (Decl.Param p : written) {
            if (checker.declarations.once(seen, p.name())) {
                result.add(new Slot(p.name(), "", checker.typeReader.read(p.type(), unit), p.defaultValue()));
            }
        }
        return result;
    }

    /** Field types of a struct or kind by its qualified name. */
    SequencedMap<String, Type> fieldTypes(String qualified) {
        return fields.computeIfAbsent(types.get(qualified), symbol -> {
            SequencedMap<String, Type> result = new LinkedHashMap<>();
            slots(symbol).forEach(s -> result.put(s.text(), s.type()));
            return result;
        });
    }

    Set<String> requiredFields(String struct) {
        Set<String> names = new LinkedHashSet<>();
        for (Slot slot : slots(types.get(struct))) {
            if (!slot.optional()) {
                names.add(slot.text());
            }
        }
        return names;
    }

    List<Decl.Choice> members(String enumeration) {
        return ((Decl.EnumDecl) types.get(enumeration).decl()).choices();
    }

    Optional<Decl.Choice> member(String enumeration, String word) {
        return members(enumeration).stream().filter(c -> c.name().text().equals(word)).findFirst();
    }

    Optional<Type> payload(String enumeration, Decl.Choice choice) {
        return choice.payload().map(p -> checker.typeReader.read(p, types.get(enumeration).unit()));
    }

    /** How the managed system writes a member. */
    static String spelling(Decl.Choice choice) {
        return choice.spelling().flatMap(Constants::text).orElse(choice.name().text());
    }

    Schema schema(String resource) {
        return schema(heads.get(resource));
    }

    Schema schema(Symbol resource) {
        Schema known = schemas.get(resource);
        if (known == null) {
            Decl.ResourceDecl decl = (Decl.ResourceDecl) resource.decl();
            SequencedMap<String, Schema.Attribute> attributes = new LinkedHashMap<>();
            for (ResourceItem item : decl.items()) {
                if (item instanceof SchemaAttribute attribute) {
                    attributes.putIfAbsent(attribute.name().text(), attribute(attribute, resource.unit()));
                }
            }
            known = new Schema(resource, decl.scope().isPresent(), slots(resource), attributes);
            schemas.put(resource, known);
        }
        return known;
    }

    private Schema.Attribute attribute(SchemaAttribute tree, Unit unit) {
        Schema.Kind kind = Schema.Kind.MANAGED;
        boolean required = false;
        boolean liveAndKept = false;
        Optional<Expr> instead = Optional.empty();
        Optional<Expr> same = Optional.empty();
        Optional<Name> block = Optional.empty();
        for (ResourceItem.Trait trait : tree.traits()) {
            switch (trait) {
                case ResourceItem.LiveAndKept ignored -> liveAndKept = true;
                case ResourceItem.Required ignored -> required = true;
                case ResourceItem.ReadOnly ignored -> kind = Schema.Kind.READONLY;
                case ResourceItem.OptionTrait ignored -> kind = Schema.Kind.OPTION;
                case ResourceItem.AtCreate ignored -> kind = Schema.Kind.AT_CREATE;
                case ResourceItem.Fixed(Span span, Expr text) -> {
                    kind = Schema.Kind.FIXED;
                    instead = Optional.of(text);
                }
                case ResourceItem.SameBy(Span span, Expr canonical) -> same = Optional.of(canonical);
                case ResourceItem.AsBlock(Span span, Name name) -> block = Optional.of(name);
            }
        }
        Type type = Types.nonNull(checker.typeReader.read(tree.type(), unit));
        Slot slot = new Slot(tree.name(), tree.doc(), type, tree.defaultValue());
        return new Schema.Attribute(slot, tree, kind, required, liveAndKept, instead, same, block);
    }
}
