package org.offx.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.text.Source;
import org.offx.tree.SourceFile;

/** A tree that comes as bytes is the tree that the text gives: spans, values, documentation and all. */
final class TreeBytesTest {

    static List<Source> files() {
        return OffxFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfTheProjectIsReadAsItIsParsed(Source file) {
        assertThat(again(file)).isEqualTo(Syntax.parse(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing but a comment\n",
                "let all = [1, -2, 0644, 1.5, 12.5%, 5m, 20TiB, 3Gbps, 10.0.0.1, 10.0.0.0/8, fe80::1, 00:16:3E:aa:bb:cc, 4.10.2, true, false, null]\n",
                "let far = 9223372036854775807\n",
                "let text = \"ä \\\"${1 + 2}\\\" ${\"in ${3}\"} 😀\"\n",
                "let f = (a, b) => a.x?.y[b] ?? -b as list<int>\n",
                "let g = { a = 1, \"b\" = 2, [c] = 3, ...d }\nlet h = { [k] = v for k in ks if k > 1 }\n",
                "must \"x\" for node n when n.a { any c in n.b: c matches \"x\" }\nshould \"y\" for zfs.pool p { true }\n",
                "type A = map<string, list<int?>> | none\ntype F = fn(int, string): bool\ntype M = int where it in 1..9\n",
                "play \"p\" on one of [a] - b {\n    serial = 25%\n    require \"r\" { true } wait 30m\n    check { true }\n"
                        + "    guarded together 5m confirm { true }\n    absent a.b \"k\" { tags = [\"t\"], timeout = 1h }\n    r(1, b = 2)\n"
                        + "    for x in xs { if x { a.b x { only c = 1, ...d, on change { now e.f } } } else { watch a.b x {} } }\n}\n",
                "test \"t\" {\n    let x = 1\n    given \"s.state\"\n    expect x == 1\n    expect plan of \"p\" on a has no changes\n}\n",
            })
    void whatFilesOfTheProjectDoNotShow(String text) {
        Source file = new Source("f.offx", text);
        assertThat(again(file)).isEqualTo(Syntax.parse(file));
    }

    /** A kind of node that is added to the language and not here would be found at a start of the launcher, and not before. */
    @Test
    void everyKindOfNodeHasANumber() {
        Set<String> numbered = TreeWriter.NODES.stream().map(Class::getName).collect(Collectors.toSet());
        Set<String> kinds = new ClassFileImporter().importPackages("org.offx.tree").stream()
                .filter(JavaClass::isRecord)
                .map(JavaClass::getName)
                .filter(name -> !name.equals(SourceFile.class.getName()))
                .collect(Collectors.toSet());
        assertThat(numbered).isEqualTo(kinds).hasSameSizeAs(TreeWriter.NODES);
    }

    @Test
    void aFileWithMistakesHasNoTree() {
        assertThat(Syntax.tree(new Source("f.offx", "let = 1\n"))).isEmpty();
    }

    private static Parsed again(Source file) {
        assertThat(Syntax.parse(file).diagnostics()).isEmpty();
        byte[] tree = Syntax.tree(file).orElseThrow();
        Parsed read = Syntax.parse(new Source(file.name(), file.text(), Optional.of(tree)));
        return new Parsed(TreeReader.read(file, tree), read.diagnostics());
    }
}
