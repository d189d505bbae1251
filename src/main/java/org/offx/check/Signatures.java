package org.offx.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The builtins by what they are called; a signature is read when somebody asks for it. */
final class Signatures {

    private final Map<String, List<Builtin>> functions = new HashMap<>();
    private final Map<String, List<Builtin>> methods = new HashMap<>();
    private final Map<Builtin, Signature> read = new EnumMap<>(Builtin.class);

    Signatures() {
        for (Builtin builtin : Builtin.values()) {
            String signature = builtin.signature();
            if (!signature.startsWith("operator ")) {
                Map<String, List<Builtin>> by = Signature.isMethod(signature) ? methods : functions;
                by.computeIfAbsent(Signature.surfaceName(signature), n -> new ArrayList<>()).add(builtin);
            }
        }
    }

    List<Signature> functions(String name) {
        return of(functions.getOrDefault(name, List.of()));
    }

    List<Signature> methods(String name) {
        return of(methods.getOrDefault(name, List.of()));
    }

    Set<String> functionNames() {
        return functions.keySet();
    }

    Set<String> methodNames() {
        return methods.keySet();
    }

    private List<Signature> of(List<Builtin> builtins) {
        List<Signature> signatures = new ArrayList<>(builtins.size());
        for (Builtin builtin : builtins) {
            signatures.add(read.computeIfAbsent(builtin, Signature::read));
        }
        return signatures;
    }
}
