package org.offx.format;

import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.text.DiagnosticText;
import org.offx.text.Source;

/** A file in, its canonical layout out. */
final class FormatGoldenTest extends GoldenSuite {

    FormatGoldenTest() {
        super("format");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        return switch (Format.source(new Source("main.offx", given.input("main.offx")))) {
            case Formatted.Text(String text) -> Map.of("formatted", text);
            case Formatted.Refused(var diagnostics) -> Map.of("diagnostics", DiagnosticText.of(diagnostics, 100));
        };
    }
}
