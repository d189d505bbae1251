package org.offx.stdlib;

import java.util.LinkedHashMap;
import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;

/**
 * What real nodes answered, and what is seen in it. A case says how the node was prepared; the answers were captured there
 * ({@code RealAnswersVmIT}), so they are an output that only a real node can rewrite.
 */
final class RealGoldenTest extends GoldenSuite {

    RealGoldenTest() {
        super("real");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        String answers = given.wants().get("answers");
        if (answers == null) {
            throw new AssertionError("no answers yet; on a lab: mvn verify -Plab -Dit.test=RealAnswersVmIT -Dgolden.accept=true -Dgolden=" + given.name());
        }
        var outputs = new LinkedHashMap<String, String>();
        outputs.put("answers", answers);
        outputs.putAll(AnsweredPlay.outputs(given.input("play.offx") + AnsweredPlay.LAB_NODE, answers));
        return outputs;
    }
}
