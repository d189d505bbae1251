package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.text.Diagnostic;
import org.offx.text.DiagnosticText;

/**
 * What a playbook, {@code main.offx}, wants of every node while nothing is known of any, and what evaluation finds wrong
 * with it. Every case sees the same few resources, as the library that needs no {@code use}.
 */
final class CatalogGoldenTest extends GoldenSuite {

    private static final int WIDTH = 120;

    private static final String LIBRARY =
            """
            resource file(path: path) {
                content: string
                mode:    mode = 0644
                needs [directory(path.parent())]
                observe { absent }
                create { run `touch ${path}` }
            }

            resource directory(path: path) {
                owner: string
                observe { absent }
                create { run `mkdir ${path}` }
            }

            resource service(name: string) {
                running: bool = true
                observe { absent }
                create { run `systemctl start ${name}` }
            }

            ## Containers are numbered from 100.
            type Ctid = int where it >= 100

            struct Net { address: cidr, mtu: int = 1500 }

            resource ct(id: Ctid) of cluster {
                host:   node
                memory: size
                nets:   map<string, Net> = {}  as net
                observe { absent }
                create { run `pct create ${id}` }
            }

            action restart(unit: string) { perform { run `systemctl restart -- ${unit}` } }

            fact kernel: string { (probe `uname -r`).out }
            """;

    CatalogGoldenTest() {
        super("catalog");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Map<String, String> files = new LinkedHashMap<>(Map.of("lib/base.offx", LIBRARY));
        files.putAll(given.inputs());
        MemorySources sources = new MemorySources(files);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), WIDTH)).as("what the checker says of it").isEmpty();
        Evaluation evaluation = new Evaluation(checked.program(), sources);
        Evaluated evaluated = evaluation.catalog(Facts.UNKNOWN);
        List<Diagnostic> diagnostics = new ArrayList<>(evaluated.diagnostics());
        evaluation.tests().forEach(test -> diagnostics.addAll(test.failures()));
        String text = DiagnosticText.of(diagnostics, WIDTH);
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("catalog", CatalogText.of(evaluated.catalog()));
        outputs.put("diagnostics", text.isEmpty() ? "nothing is wrong\n" : text);
        return outputs;
    }
}
