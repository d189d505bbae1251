package org.offx;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a program can judge. Each failure names the line and the rule. */
final class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    /** Rooms of the list that nobody has moved into yet. A room is taken off here when its first class lands. */
    private static final Set<String> AWAITED = Set.of(
            "lsp");

    /** A library that only some packages may know, so that it can be replaced there and nowhere else. */
    private static final Map<String, List<String>> KNOWN_ONLY_IN = Map.of(
            "org.antlr.", List.of("org.offx.syntax"),
            "net.schmizz.", List.of("org.offx.remote.ssh"),
            "com.hierynomus.", List.of("org.offx.remote.ssh"),
            "org.jline.", List.of("org.offx.repl", "org.offx.cli"),
            "org.apache.commons.cli.", List.of("org.offx.cli"),
            "org.eclipse.lsp4j.", List.of("org.offx.lsp"));

    /** Classes that start a process of their own and therefore own its streams; everything else is given its streams. */
    private static final Set<String> ENTRY_POINTS = Set.of("org.offx.cli.Main", "org.offx.lab.Keeper", "org.offx.lab.Relay");

    private static final Pattern ROOM_ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (`[a-z]+`(?:, `[a-z]+`)*) \\|");

    @Test
    void everyClassLiesInARoomAndEveryRoomIsFurnished() {
        assertThat(CLASSES.stream()
                        .filter(type -> Rooms.of(type).isEmpty() && !type.getName().equals("org.offx.package-info"))
                        .map(JavaClass::getName))
                .as("classes in no room of the list %s", Rooms.names())
                .isEmpty();
        Set<String> empty = new TreeSet<>(Rooms.names());
        CLASSES.forEach(type -> Rooms.of(type).ifPresent(empty::remove));
        assertThat(empty).as("rooms without a class; ArchitectureTest.AWAITED lists those that are still to come")
                .isEqualTo(new TreeSet<>(AWAITED));
    }

    @Test
    void aRoomImportsOnlyRoomsAboveItInTheList() {
        assertThat(dependencies((from, to) -> Rooms.isOurs(to)
                        && Rooms.of(from).isPresent()
                        && Rooms.of(to).stream().noneMatch(room -> Rooms.mayImport(Rooms.of(from).orElseThrow(), room))))
                .isEmpty();
    }

    @Test
    void thePackagesOfARoomFormNoCycle() {
        SlicesRuleDefinition.slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aLibraryIsKnownOnlyWhereItIsUsed() {
        KNOWN_ONLY_IN.forEach((library, homes) -> assertThat(dependencies((from, to) ->
                        to.getName().startsWith(library)
                                && homes.stream().noneMatch(home -> isIn(from.getPackageName(), home))))
                .as("%s may be known only in %s", library, homes)
                .isEmpty());
    }

    @Test
    void thePureRoomsDoNotReachOutside() {
        Predicate<JavaClass> pure = type -> Rooms.of(type).filter(Rooms::isPure).isPresent();
        Stream<String> types = dependencies((from, to) -> pure.test(from) && World.isOutside(to.getName()));
        Stream<String> members = CLASSES.stream()
                .filter(pure)
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(World.REACHES_OUTSIDE)
                .map(JavaAccess::getDescription);
        assertThat(Stream.concat(types, members).distinct())
                .as("files, network, processes, clock, environment, terminal and chance in rooms 1 to %d", Rooms.LAST_PURE)
                .isEmpty();
    }

    @Test
    void onlyEntryPointsAndTheReplTouchTheStandardStreams() {
        assertThat(CLASSES.stream()
                        .filter(type -> !ENTRY_POINTS.contains(type.getName()))
                        .filter(type -> !isIn(type.getPackageName(), "org.offx.repl"))
                        .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                        .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
                        .map(JavaAccess::getDescription))
                .as("uses of the standard streams outside of %s", ENTRY_POINTS)
                .isEmpty();
    }

    @Test
    void nobodySleeps() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(Thread.class) && call.getName().equals("sleep"))
                        .map(JavaAccess::getDescription))
                .as("sleeping for luck; wait for the thing itself, with a limit")
                .isEmpty();
    }

    @Test
    void theDocumentShowsTheSameOrder() throws IOException {
        String document = Files.readString(Path.of("docs", "architecture.md"));
        List<Set<String>> shown = new ArrayList<>();
        for (MatchResult row : ROOM_ROW.matcher(document).results().toList()) {
            shown.add(Stream.of(row.group(2).split(", ")).map(name -> name.replace("`", "")).collect(Collectors.toSet()));
            assertThat(row.group(1)).as("number of %s in docs/architecture.md", row.group(2)).isEqualTo("" + shown.size());
        }
        assertThat(shown).as("the table of rooms in docs/architecture.md").isEqualTo(Rooms.ORDER);
    }

    private interface Forbidden {
        boolean test(JavaClass from, JavaClass to);
    }

    private static Stream<String> dependencies(Forbidden forbidden) {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(uses -> forbidden.test(uses.getOriginClass(), uses.getTargetClass()))
                .map(Dependency::getDescription)
                .sorted();
    }

    private static boolean isIn(String name, String home) {
        return name.equals(home) || name.startsWith(home + ".");
    }

    /** One slice for each package; the generated parser belongs to the room that wraps it. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return SliceIdentifier.of(isIn(name, "org.offx.syntax") ? "org.offx.syntax" : name);
        }

        @Override
        public String getDescription() {
            return "the packages of the rooms";
        }
    }
}
