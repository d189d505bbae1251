package org.offx.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Saved;

/** A saved plan goes in; what people read of it in every format comes out. */
final class PlanGoldenTest extends GoldenSuite {

    private static final int WIDTH = 100;

    PlanGoldenTest() {
        super("plan");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        Plan plan = switch (PlanJson.read(given.input("plan.json"))) {
            case Saved.Read<Plan>(Plan read) -> read;
            case Saved.Refused<Plan>(String reason) -> throw new AssertionError(reason);
        };
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("text", text(plan, WIDTH, false, Detail.FULL));
        outputs.put("short", text(plan, WIDTH, false, Detail.SHORT));
        outputs.put("none", text(plan, WIDTH, false, Detail.NONE));
        outputs.put("narrow", text(plan, 60, false, Detail.FULL));
        outputs.put("colour", text(plan, WIDTH, true, Detail.FULL).replace('\u001b', '␛'));
        outputs.put("markdown", Render.plan(plan, Render.Format.MARKDOWN, new Style(WIDTH, false, Detail.FULL)));
        return outputs;
    }

    private static String text(Plan plan, int width, boolean colour, Detail detail) {
        return Render.plan(plan, Render.Format.TEXT, new Style(width, colour, detail));
    }
}
