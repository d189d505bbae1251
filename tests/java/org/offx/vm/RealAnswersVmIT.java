package org.offx.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.GoldenCase;
import org.offx.GoldenRun;
import org.offx.observe.StateJson;
import org.offx.plan.ExitStatus;
import org.offx.stdlib.AnsweredPlay;
import org.offx.stdlib.CapturedAnswers;

/**
 * What is seen in the answers of a real node is what a case says. With {@code -Dgolden.accept=true} the case keeps the answers
 * that the node gave; without, they may differ in what is a matter of chance.
 */
@Tag("lab")
@ExtendWith(LabReport.class)
final class RealAnswersVmIT {

    private static final GoldenRun RUN = GoldenRun.ofThisProcess();

    static List<String> cases() throws IOException {
        return RUN.chosen("real");
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("cases")
    void aNodeIsSeenAsItIs(String name, @TempDir Path files) throws Exception {
        RUN.verify(name, given -> outputs(given, files));
    }

    private static Map<String, String> outputs(GoldenCase given, Path files) throws IOException, StateJson.Unreadable {
        Machines machines = Machines.clean(1, files);
        machines.root("node1", given.input("prepared"));
        String play = given.input("play.offx") + AnsweredPlay.LAB_NODE;
        String state = files.resolve("state.json").toString();
        machines.offx("observe", "-o", state, machines.write("play.offx", play)).endedWith(ExitStatus.DONE);
        String answers = CapturedAnswers.text(StateJson.read(Files.readString(Path.of(state))), Machines.versions());
        var outputs = new LinkedHashMap<String, String>();
        outputs.put("answers", RUN.accept() ? answers : given.wants().getOrDefault("answers", answers));
        outputs.putAll(AnsweredPlay.outputs(play, answers));
        return outputs;
    }
}
