package org.offx.render;

import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Report;
import org.offx.plan.ReportJson;

/** Plans and reports in the format that somebody asked for. Every text ends with a line feed. */
public final class Render {

    /** How a plan can be shown ({@code --format}). */
    public enum Format {
        TEXT,
        /** For a pull request; the width and the colour of the style do not matter. */
        MARKDOWN,
        /** The saved form: see docs/plan-format.md. The style does not matter. */
        JSON
    }

    private Render() {}

    /** A plan in a format. */
    public static String plan(Plan plan, Format format, Style style) {
        return switch (format) {
            case TEXT -> PlanText.of(plan, style);
            case MARKDOWN -> PlanMarkdown.of(plan, style.detail());
            case JSON -> PlanJson.write(plan);
        };
    }

    /** A report has no Markdown of its own yet: there it is the text, fenced. */
    public static String report(Report report, Format format, Style style) {
        return switch (format) {
            case TEXT -> ReportText.of(report, style);
            case MARKDOWN -> Markdown.fenced("text", ReportText.of(report, new Style(style.width(), false, style.detail())));
            case JSON -> ReportJson.write(report);
        };
    }
}
