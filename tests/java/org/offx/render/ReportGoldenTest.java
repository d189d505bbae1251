package org.offx.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.plan.ExitStatus;
import org.offx.plan.Report;
import org.offx.plan.ReportJson;
import org.offx.plan.Saved;

/** A recorded report goes in; what people read of it comes out. */
final class ReportGoldenTest extends GoldenSuite {

    ReportGoldenTest() {
        super("report");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Report report = switch (ReportJson.read(given.input("report.json"))) {
            case Saved.Read<Report>(Report read) -> read;
            case Saved.Refused<Report>(String reason) -> throw new AssertionError(reason);
        };
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("text", Render.report(report, Render.Format.TEXT, new Style(100, false, Detail.FULL)));
        outputs.put("narrow", Render.report(report, Render.Format.TEXT, new Style(60, false, Detail.FULL)));
        outputs.put("exit status", ExitStatus.of(report).code() + "\n");
        return outputs;
    }
}
