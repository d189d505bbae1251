package org.offx.launch;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Class files that the AOT cache of JDK 25 can keep as they will be used, where it would keep less of the compiler's.
 *
 * <p>A pattern {@code switch} and the {@code equals}, {@code hashCode} and {@code toString} of a record are call sites
 * ({@code invokedynamic} with the bootstrap methods of {@code java.lang.runtime}) that the JVM links by making classes at run
 * time, and the cache keeps only those of lambdas and string concatenation (JEP 483). Each becomes a call of a static method
 * in the same class that does what the documentation of {@code SwitchBootstraps.typeSwitch} and
 * {@code ObjectMethods.bootstrap} promises.
 *
 * <p>Left as they are, at the cost of time only: sites of every other bootstrap method; switches with a label that is neither
 * a reference type nor a string (numbers, constants of an enum, primitive types); accessors that do not read a field.
 */
final class QuickClasses {

    private static final String SWITCH = "java/lang/runtime/SwitchBootstraps.typeSwitch";
    private static final String RECORD = "java/lang/runtime/ObjectMethods.bootstrap";
    private static final MethodTypeDesc EQUALS =
            MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object);

    private final ClassFile classFile;

    /** @param types knows the types that the classes name: the verifier's frames need their common supertypes */
    QuickClasses(ClassLoader types) {
        classFile = ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(types)));
    }

    /**
     * The class file, changed where that helps; otherwise the very same array.
     *
     * @throws IllegalArgumentException for what is no class file, or where a type that its code merges is not known
     */
    byte[] quick(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        Map<Integer, Consumer<CodeBuilder>> bodies = bodies(model);
        if (bodies.isEmpty()) {
            return bytes;
        }
        boolean inInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        ClassDesc self = model.thisClass().asSymbol();
        CodeTransform calls = (code, element) -> {
            if (element instanceof InvokeDynamicInstruction site && bodies.containsKey(site.invokedynamic().index())) {
                code.invokestatic(self, name(site.invokedynamic()), site.typeSymbol(), inInterface);
            } else {
                code.with(element);
            }
        };
        return classFile.transformClass(model, ClassTransform
                .transformingMethodBodies(method -> sites(method).anyMatch(site -> bodies.containsKey(site.index())), calls)
                .andThen(ClassTransform.endHandler(type -> bodies.forEach((index, body) -> {
                    InvokeDynamicEntry site = model.constantPool().entryByIndex(index, InvokeDynamicEntry.class);
                    type.withMethodBody(name(site), site.typeSymbol(),
                            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, body);
                }))));
    }

    /** What to do instead, by the index of the site in the constant pool. */
    private static Map<Integer, Consumer<CodeBuilder>> bodies(ClassModel model) {
        var bodies = new TreeMap<Integer, Consumer<CodeBuilder>>();
        model.methods().stream()
                .flatMap(QuickClasses::sites)
                .forEach(site -> body(site).ifPresent(body -> bodies.put(site.index(), body)));
        return bodies;
    }

    private static Stream<InvokeDynamicEntry> sites(MethodModel method) {
        return method.code().stream()
                .flatMap(CodeModel::elementStream)
                .flatMap(element -> element instanceof InvokeDynamicInstruction site ? Stream.of(site.invokedynamic()) : Stream.empty());
    }

    private static Optional<Consumer<CodeBuilder>> body(InvokeDynamicEntry site) {
        MemberRefEntry bootstrap = site.bootstrap().bootstrapMethod().reference();
        List<ConstantDesc> arguments = site.bootstrap().arguments().stream().map(LoadableConstantEntry::constantValue).toList();
        return switch (bootstrap.owner().asInternalName() + "." + bootstrap.name().stringValue()) {
            case SWITCH -> typeSwitch(site.typeSymbol(), arguments);
            case RECORD -> RecordMethods.body(site.name().stringValue(), arguments);
            default -> Optional.empty();
        };
    }

    private static String name(InvokeDynamicEntry site) {
        return site.name().stringValue() + "$quick$" + site.index();
    }

    /** {@code (target, restart)}: -1 for null, else the first label from restart on that matches, else how many there are. */
    private static Optional<Consumer<CodeBuilder>> typeSwitch(MethodTypeDesc type, List<ConstantDesc> labels) {
        if (type.parameterType(0).isPrimitive() || !labels.stream().allMatch(QuickClasses::isSimple)) {
            return Optional.empty();
        }
        return Optional.of(code -> {
            Label present = code.newLabel();
            code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
            for (int i = 0; i < labels.size(); i++) {
                Label next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                matches(code, labels.get(i)).ifeq(next).loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(labels.size()).ireturn();
        });
    }

    private static boolean isSimple(ConstantDesc label) {
        return label instanceof String || label instanceof ClassDesc type && !type.isPrimitive();
    }

    private static CodeBuilder matches(CodeBuilder code, ConstantDesc label) {
        return label instanceof ClassDesc type
                ? code.aload(0).instanceOf(type)
                : code.loadConstant(label).aload(0).invokevirtual(ConstantDescs.CD_Object, "equals", EQUALS);
    }
}
