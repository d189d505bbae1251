package org.offx.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** The JVM takes every class that is made, links nothing of {@code java.lang.runtime}, and computes what it did before. */
final class QuickClassesTest {

    private final QuickClasses classes = new QuickClasses(QuickClassesTest.class.getClassLoader());

    /** Classes from their bytes, ahead of those of the same name that the tests run with. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> files;

        Loader(Map<String, byte[]> files) {
            super(QuickClassesTest.class.getClassLoader());
            this.files = files;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                byte[] bytes = files.get(name);
                if (loaded != null || bytes == null) {
                    return loaded != null ? loaded : super.loadClass(name, resolve);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void switchesAndRecordsDoWhatTheyDid() throws Exception {
        Map<String, byte[]> files = files(Path.of("target/test-classes"), "org/offx/launch/Samples");
        var quick = new Loader(quick(files)).loadClass(Samples.class.getName()).getConstructor().newInstance();
        @SuppressWarnings("unchecked")
        var rewritten = (BiFunction<Object, Object, String>) quick;
        var original = new Samples();
        List<@Nullable Object> values = values();
        for (Object one : values) {
            for (Object other : values) {
                String expected = original.apply(one, other);
                assertThat(array(rewritten.apply(one, other))).isEqualTo(array(expected));
            }
        }
    }

    @Test
    void onlyLabelsThatAreNumbersOrConstantsAreLeftToTheJvm() throws Exception {
        Map<String, byte[]> files = files(Path.of("target/test-classes"), "org/offx/launch/Samples");
        assertThat(left(files).values().stream().flatMap(List::stream)).contains("typeSwitch", "equals", "toString", "hashCode");
        assertThat(left(quick(files))).isEqualTo(Map.of(
                Samples.class.getName(), List.of("typeSwitch", "enumSwitch"),
                Samples.Shape.class.getName(), List.of("typeSwitch")));
    }

    @Test
    void everyClassOfOffxIsVerifiedAndHasNothingLeft() throws Exception {
        Map<String, byte[]> quick = quick(files(Path.of("target/classes"), ""));
        assertThat(quick.size()).isGreaterThan(500);
        link(quick);
        assertThat(left(quick)).as("sites of java.lang.runtime that QuickClasses does not know: they start slowly").isEmpty();
    }

    @Test
    void theResultDependsOnNothingElseAndIsTheResultOfItself() throws Exception {
        byte[] bytes = files(Path.of("target/test-classes"), "org/offx/launch/Samples.class").get(Samples.class.getName());
        byte[] quick = classes.quick(bytes);
        assertThat(new QuickClasses(QuickClassesTest.class.getClassLoader()).quick(bytes)).isEqualTo(quick).isNotEqualTo(bytes);
        byte[] dot = files(Path.of("target/test-classes"), "org/offx/launch/Samples$Dot").get(Samples.Dot.class.getName());
        byte[] again = classes.quick(dot);
        assertThat(classes.quick(again)).isSameAs(again);
    }

    @Test
    void whatIsNoClassFileIsRefused() {
        assertThatThrownBy(() -> classes.quick(new byte[] {1, 2, 3, 4, 5})).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<@Nullable Object> values() {
        var values = new ArrayList<@Nullable Object>(List.of("", "a", "bb", "long word", true, 'c', 1.5, -0.0, 0.0, Float.NaN,
                Long.MIN_VALUE, List.of(), List.of(1), new StringBuilder("b").toString(), 11, 12, 3, 1, -1, 0));
        values.add(null);
        Random random = new Random(25);
        for (int i = 0; i < 20; i++) {
            values.add(random.nextInt(-20, 20));
            values.add(random.nextGaussian());
            values.add(Integer.toString(random.nextInt(), 36));
        }
        return values;
    }

    /** The identity of an array is another one in the copy of a class. */
    private static String array(String text) {
        return text.replaceAll("\\[C@[0-9a-f]+", "ARRAY");
    }

    private Map<String, byte[]> quick(Map<String, byte[]> files) {
        var quick = new TreeMap<String, byte[]>();
        files.forEach((name, bytes) -> quick.put(name, classes.quick(bytes)));
        return quick;
    }

    /** To list the methods of a class the JVM links it, and to link it the JVM verifies it. */
    private static void link(Map<String, byte[]> files) throws ClassNotFoundException {
        Loader loader = new Loader(files);
        for (String name : files.keySet()) {
            assertThat(loader.loadClass(name).getDeclaredMethods()).as(name).isNotNull();
        }
    }

    /** The call sites of {@code java.lang.runtime}, by class. */
    private static Map<String, List<String>> left(Map<String, byte[]> files) {
        var left = new TreeMap<String, List<String>>();
        files.forEach((name, bytes) -> {
            List<String> sites = ClassFile.of().parse(bytes).methods().stream()
                    .flatMap(method -> method.code().stream().flatMap(code -> code.elementStream()))
                    .flatMap(element -> element instanceof InvokeDynamicInstruction site ? Stream.of(site.invokedynamic()) : Stream.empty())
                    .filter(site -> owner(site).startsWith("java/lang/runtime/"))
                    .map(site -> site.name().stringValue())
                    .toList();
            if (!sites.isEmpty()) {
                left.put(name, sites);
            }
        });
        return left;
    }

    private static String owner(InvokeDynamicEntry site) {
        return site.bootstrap().bootstrapMethod().reference().owner().asInternalName();
    }

    private static Map<String, byte[]> files(Path folder, String prefix) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(p -> p.toString().endsWith(".class")).toList()) {
                String name = folder.relativize(path).toString();
                if (name.startsWith(prefix) && !name.endsWith("-info.class")) {
                    files.put(name.replaceFirst("[.]class$", "").replace('/', '.'), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }
}
