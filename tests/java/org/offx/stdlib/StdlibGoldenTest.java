package org.offx.stdlib;

import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;

/**
 * The resources of the standard library: beside a play and what its nodes answered, what is seen in the answers and what
 * would be done about it. The play is on the node {@code n}, unless it declares others.
 */
final class StdlibGoldenTest extends GoldenSuite {

    StdlibGoldenTest() {
        super("stdlib");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        return AnsweredPlay.outputs(given.input("play.offx") + "node n { address = 10.0.0.3 }\n", given.input("answers"));
    }
}
