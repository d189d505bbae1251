package org.offx.launch;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Byte;
import static java.lang.constant.ConstantDescs.CD_Character;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Short;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The methods that {@code java.lang.runtime.ObjectMethods} makes for a record, as plain code with the same results. Where
 * {@code java.lang.Record} leaves a choice (the hash code, the order of the comparisons), it is that of JDK 25: a sum with
 * factor 31 from the first component on, and the last component compared first.
 *
 * @param type the record
 * @param fields one for each component, in their order
 */
record RecordMethods(ClassDesc type, List<Field> fields) {

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
    private static final int FACTOR = 31;

    /** A component and the field it is read from. */
    private record Field(ClassDesc owner, String name, ClassDesc type) {

        CodeBuilder read(CodeBuilder code, int record) {
            return code.aload(record).getfield(owner, name, type);
        }
    }

    /** @param arguments those of the bootstrap method: the record, the names of its components, a getter for each */
    static Optional<Consumer<CodeBuilder>> body(String method, List<ConstantDesc> arguments) {
        if (!(arguments.getFirst() instanceof ClassDesc type)) {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>();
        for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
            if (!(argument instanceof DirectMethodHandleDesc getter) || getter.kind() != DirectMethodHandleDesc.Kind.GETTER) {
                return Optional.empty();
            }
            fields.add(new Field(getter.owner(), getter.methodName(), getter.invocationType().returnType()));
        }
        RecordMethods methods = new RecordMethods(type, List.copyOf(fields));
        return switch (method) {
            case "equals" -> Optional.of(methods::equality);
            case "hashCode" -> Optional.of(methods::hash);
            case "toString" -> Optional.of(methods::text);
            default -> Optional.empty();
        };
    }

    private void equality(CodeBuilder code) {
        Label another = code.newLabel();
        Label different = code.newLabel();
        code.aload(0).aload(1).if_acmpne(another).iconst_1().ireturn().labelBinding(another);
        code.aload(1).instanceOf(type).ifeq(different).aload(1).checkcast(type).astore(2);
        for (Field field : fields.reversed()) {
            field.read(code, 0);
            field.read(code, 2);
            unlessEqual(code, field.type(), different);
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private static void unlessEqual(CodeBuilder code, ClassDesc type, Label different) {
        switch (TypeKind.from(type)) {
            case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.if_icmpne(different);
            case LONG -> code.lcmp().ifne(different);
            // Not the comparison of numbers: NaN is equal to itself here, and 0.0 is not equal to -0.0.
            case FLOAT, DOUBLE -> code.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(CD_int, type, type)).ifne(different);
            case REFERENCE -> code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object)).ifeq(different);
            case VOID -> throw new IllegalArgumentException("a component of type void");
        }
    }

    private void hash(CodeBuilder code) {
        code.iconst_0();
        for (Field field : fields) {
            code.loadConstant(FACTOR).imul();
            field.read(code, 0);
            if (field.type().isPrimitive()) {
                code.invokestatic(wrapper(field.type()), "hashCode", MethodTypeDesc.of(CD_int, field.type()));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private void text(CodeBuilder code) {
        code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", MethodTypeDesc.of(CD_void));
        code.loadConstant(type).invokevirtual(CD_Class, "getSimpleName", MethodTypeDesc.of(CD_String));
        append(code, CD_String);
        String separator = "[";
        for (Field field : fields) {
            append(code.loadConstant(separator + field.name() + "="), CD_String);
            append(field.read(code, 0), field.type());
            separator = ", ";
        }
        append(code.loadConstant(fields.isEmpty() ? "[]" : "]"), CD_String);
        code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
    }

    private static void append(CodeBuilder code, ClassDesc type) {
        ClassDesc argument = switch (TypeKind.from(type)) {
            case BYTE, SHORT -> CD_int;
            case REFERENCE -> type.equals(CD_String) ? CD_String : CD_Object;
            case BOOLEAN, CHAR, INT, LONG, FLOAT, DOUBLE, VOID -> type;
        };
        code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, argument));
    }

    private static ClassDesc wrapper(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> CD_Boolean;
            case BYTE -> CD_Byte;
            case CHAR -> CD_Character;
            case SHORT -> CD_Short;
            case INT -> CD_Integer;
            case LONG -> CD_Long;
            case FLOAT -> CD_Float;
            case DOUBLE -> CD_Double;
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive + " has no wrapper");
        };
    }
}
