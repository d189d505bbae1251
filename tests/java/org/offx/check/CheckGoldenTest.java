package org.offx.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.text.DiagnosticText;

/**
 * What the checker says of a playbook, {@code main.offx}, and of what it uses. Every case sees a small library, so that it
 * can be about one thing; a case that brings a library module of its own has that one instead.
 */
final class CheckGoldenTest extends GoldenSuite {

    private static final int WIDTH = 120;

    CheckGoldenTest() {
        super("check");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Map<String, String> files = new LinkedHashMap<>(SmallLibrary.FILES);
        files.putAll(given.inputsEnding(".offx"));
        MemorySources sources = new MemorySources(files);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        String text = DiagnosticText.of(checked.diagnostics(), WIDTH);
        return Map.of("diagnostics", text.isEmpty() ? "nothing is wrong\n" : text);
    }
}
