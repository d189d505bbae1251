package org.offx.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.GoldenCase;
import org.offx.eval.Reading;
import org.offx.observe.StateJson;
import org.offx.plan.ExitStatus;
import org.offx.vm.LabReport;
import org.offx.vm.Machines;

/**
 * The golden cases of resources that have a section {@code node}: commands that made a clean node what it is in the case. On
 * a real node the same changes and steps have to come out. With {@code -Dgolden.accept=true} what the node answers is
 * written into the section {@code answers}; the case fails nevertheless.
 */
@Tag("lab")
@ExtendWith(LabReport.class)
final class RealAnswersVmIT {

    private static final Path ROOT = Path.of("tests", "golden");
    private static final String VERSIONS =
            "zfs version | head -n 1; dpkg-query -W -f '${Package} ${Version}\\n' nfs-kernel-server util-linux";
    private static final List<String> COMPARED = List.of("changes", "steps");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("stdlib"))) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString().replaceFirst("\\.golden$", ""))
                    .filter(name -> name.contains(System.getProperty("golden", "")))
                    .sorted()
                    .toList();
            var real = new ArrayList<String>();
            for (String name : names) {
                if (GoldenCase.read(name, file(name)).optionalInput("node").isPresent()) {
                    real.add(name);
                }
            }
            return real;
        }
    }

    private static Path file(String name) {
        return ROOT.resolve(name + ".golden");
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("cases")
    void aRealNodeLeadsToTheSamePlan(String name, @TempDir Path files) throws Exception {
        GoldenCase given = GoldenCase.read(name, file(name));
        Machines machines = Machines.clean(1, files);
        machines.addresses();
        machines.root("node1", "set -e\n" + given.input("node"));
        GoldenCase real = given.withInput("answers", answers(machines, given.input("play.offx"), files.resolve("state.json")));
        if (Boolean.getBoolean("golden.accept")) {
            assertThat(System.getenv("CI")).as("golden.accept is refused where CI is set").isNullOrEmpty();
            real.write(file(name));
        }
        Map<String, String> outputs = new LinkedHashMap<>(new StdlibGoldenTest().outputs(real));
        outputs.keySet().retainAll(COMPARED);
        Map<String, String> wanted = new LinkedHashMap<>(given.wants());
        wanted.keySet().retainAll(COMPARED);
        assertThat(outputs).isEqualTo(wanted);
    }

    private static String answers(Machines machines, String play, Path state) throws IOException, StateJson.Unreadable {
        String playbook = machines.write("play.offx", play + "node n { address = 10.99.0.1, user = \"ops\" }\n");
        machines.offx("observe", "-o", state.toString(), playbook).endedWith(ExitStatus.DONE);
        Map<String, Reading> nodes = StateJson.read(Files.readString(state)).nodes().get("n");
        return RecordedAnswers.text("Debian 12: " + machines.root("node1", VERSIONS).replace("\n", ", "), nodes);
    }
}
