package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Report;
import org.offx.plan.ReportJson;
import org.offx.render.Render;
import org.offx.render.Render.Format;
import org.offx.render.Style;

/** {@code offx show}: a saved plan or report again, in any format. */
final class ShowCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("show", "Shows a saved plan, or the report of an apply, in any format.")
                .taking(Options.files("A plan of `offx plan -o`, or the report of a run."))
                .with(Options.rendering());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        var format = Options.format(given);
        var style = Options.style(given, io);
        for (String file : given.files()) {
            io.out().print(shown(file, read(file, io), format, style));
        }
        return ExitStatus.DONE;
    }

    /** A report says so in its first field; everything else is read as a plan, which says best why it is none. */
    private static String shown(String file, String text, Format format, Style style) throws Wrong {
        return switch (ReportJson.read(text)) {
            case ReportJson.Result.Read(Report report) -> Render.report(report, format, style);
            case ReportJson.Result.Refused noReport -> switch (PlanJson.read(text)) {
                case PlanJson.Result.Read(Plan plan) -> Render.plan(plan, format, style);
                case PlanJson.Result.Refused(String reason) -> throw new Wrong(file + ": " + reason);
            };
        };
    }

    private static String read(String file, Io io) throws Wrong {
        try {
            return Files.readString(io.directory().resolve(file));
        } catch (IOException broken) {
            throw new Wrong("there is no file " + file + " that can be read");
        }
    }
}
