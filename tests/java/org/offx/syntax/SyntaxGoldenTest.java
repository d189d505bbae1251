package org.offx.syntax;

import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.text.DiagnosticText;
import org.offx.text.Source;

/** Text in, the tree and what is wrong out. */
final class SyntaxGoldenTest extends GoldenSuite {

    SyntaxGoldenTest() {
        super("syntax");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Parsed parsed = Syntax.parse(new Source("main.offx", given.input("main.offx")));
        return Map.of("tree", TreeText.of(parsed.file()) + "\n", "diagnostics", DiagnosticText.of(parsed.diagnostics(), 100));
    }
}
