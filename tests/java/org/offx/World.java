package org.offx;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of the Java platform reaches outside: files, network, processes, the clock, the environment, the terminal, chance.
 * The same program and the same facts must give the same plan on every machine at every time, so the pure rooms use none.
 */
final class World {

    private static final List<String> PACKAGES = List.of(
            "java.nio.file", "java.nio.channels", "java.net", "javax.net", "java.util.logging", "java.util.prefs",
            "org.jline", "net.schmizz", "com.hierynomus", "org.slf4j");

    private static final Set<String> HARMLESS = Set.of("java.net.URI", "java.net.URISyntaxException");

    private static final Set<String> TYPES = Set.of(
            "java.io.Console", "java.io.RandomAccessFile", "java.lang.Process", "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle", "java.lang.Runtime", "java.security.SecureRandom", "java.util.Scanner",
            "java.util.Timer", "java.util.concurrent.ThreadLocalRandom", "java.time.Clock");

    private static final Set<String> SYSTEM_HARMLESS = Set.of("arraycopy", "identityHashCode");

    private static final Set<String> MEMBERS = Set.of(
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.time.ZoneId.systemDefault",
            "java.nio.charset.Charset.defaultCharset");

    /** Any use, also as the type of a field or parameter, of a class that exists only to reach outside. */
    static boolean isOutside(String type) {
        boolean inPackage = PACKAGES.stream().anyMatch(prefix -> type.startsWith(prefix + "."));
        return (inPackage && !HARMLESS.contains(type)) || TYPES.contains(type) || type.startsWith("java.io.File");
    }

    /** A call or field of a class that is otherwise harmless. */
    static final Predicate<JavaAccess<?>> REACHES_OUTSIDE = access -> {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        String member = target.getName();
        boolean system = owner.equals("java.lang.System") && !SYSTEM_HARMLESS.contains(member);
        boolean now = owner.startsWith("java.time.") && member.equals("now");
        boolean dateOfNow = owner.equals("java.util.Date") && target.getFullName().endsWith("<init>()");
        boolean unseeded = owner.equals("java.util.Random") && target.getFullName().endsWith("<init>()");
        return system || now || dateOfNow || unseeded || MEMBERS.contains(owner + "." + member);
    };

    private World() {}
}
