package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Program;
import org.offx.eval.CatalogText;
import org.offx.eval.Evaluation;
import org.offx.eval.Facts;
import org.offx.syntax.Syntax;
import org.offx.syntax.TreeText;
import org.offx.text.Source;
import org.offx.text.Sources;

/** The standard library as a start of the launcher sees it: with its trees, and checked as far as somebody asks. */
final class LibraryImageTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private final FileSources files = new FileSources(PROJECT);

    @Test
    void theImageHoldsEveryFileOfTheLibraryWithItsTree() throws IOException {
        LibraryImage image = image();
        for (Path path : offx(Path.of("stdlib"))) {
            Source read = image.source("stdlib:" + Path.of("stdlib").relativize(path)).orElseThrow();
            assertThat(read.text()).isEqualTo(Files.readString(path));
            assertThat(read.tree()).isPresent();
            assertThat(TreeText.of(Syntax.parse(read).file()))
                    .isEqualTo(TreeText.of(Syntax.parse(new Source(read.name(), read.text())).file()));
        }
    }

    @Test
    void aPlaybookMeansTheSameWithTheImageAndWithout() throws IOException, Command.Wrong {
        LibraryImage image = image();
        Sources quick = new Sources() {
            @Override
            public Optional<Source> relative(Source from, String name) {
                return from.name().startsWith("stdlib:") ? image.source(files.relative(from, name).orElseThrow().name()) : files.relative(from, name);
            }

            @Override
            public Optional<Source> library(String module) {
                return image.source("stdlib:" + module + ".offx");
            }
        };
        for (Path playbook : offx(Path.of("playbooks"))) {
            Source root = files.named(playbook.toString());
            assertThat(catalog(root, quick)).as(playbook.toString()).isEqualTo(catalog(root, files));
        }
    }

    /** Nobody else would tell: what a user's playbook does not ask for is not checked there. */
    @Test
    void thereIsNoMistakeInTheLibrary() {
        Source all = new Source("all.offx", "use " + String.join(", ", FileSources.MODULES) + "\n");
        Checked checked = Check.program(List.of(all), files);
        Program program = checked.program();
        List<Map<String, ?>> everything = List.of(
                program.lets(), program.functions(), program.facts(), program.structs(), program.enums(), program.refinements(),
                program.kinds(), program.groups(), program.actions(), program.roles());
        everything.stream().map(Map::values).flatMap(Collection::stream).forEach(definition -> assertThat(definition).isNotNull());
        assertThat(program.resources().values()).hasSizeGreaterThan(25).extracting(ResourceDef::observe).allMatch(Optional::isPresent);
        assertThat(checked.diagnostics()).isEmpty();
    }

    private LibraryImage image() throws IOException {
        return LibraryImage.read(LibraryImage.write(FileSources.MODULES, files));
    }

    private static String catalog(Source root, Sources sources) {
        Checked checked = Check.program(List.of(root), sources);
        assertThat(checked.diagnostics()).isEmpty();
        return CatalogText.of(new Evaluation(checked.program(), sources).catalog(Facts.UNKNOWN).catalog());
    }

    private static List<Path> offx(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".offx")).toList();
        }
    }
}
