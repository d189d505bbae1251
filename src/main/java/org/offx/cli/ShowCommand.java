package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Report;
import org.offx.plan.ReportJson;
import org.offx.render.Render;
import org.offx.render.Render.Format;
import org.offx.render.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code offx show}: a saved plan or report again, in any format. */
final class ShowCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("show", "Shows a saved plan, or the report of an apply, in any format.")
                .addPositional(Options.files("A plan of `offx plan -o`, or the report of a run."));
        Options.rendering(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult given, Io io) throws Wrong {
        var format = Options.format(given);
        var style = Options.style(given, io);
        for (Path file : Options.paths(given)) {
            io.out().print(shown(file, read(file, io), format, style));
        }
        return ExitStatus.DONE;
    }

    /** A report says so in its first field; everything else is read as a plan, which says best why it is none. */
    private static String shown(Path file, String text, Format format, Style style) throws Wrong {
        return switch (ReportJson.read(text)) {
            case ReportJson.Result.Read(Report report) -> Render.report(report, format, style);
            case ReportJson.Result.Refused noReport -> switch (PlanJson.read(text)) {
                case PlanJson.Result.Read(Plan plan) -> Render.plan(plan, format, style);
                case PlanJson.Result.Refused(String reason) -> throw new Wrong(file + ": " + reason);
            };
        };
    }

    private static String read(Path file, Io io) throws Wrong {
        try {
            return Files.readString(io.directory().resolve(file));
        } catch (IOException broken) {
            throw new Wrong("there is no file " + file + " that can be read");
        }
    }
}
