package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import org.offx.plan.ExitStatus;
import org.offx.plan.PlanJson;
import org.offx.plan.ReportJson;
import org.offx.plan.Saved;
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
        return ReportJson.isReport(text)
                ? Render.report(sound(file, ReportJson.read(text)), format, style)
                : Render.plan(sound(file, PlanJson.read(text)), format, style);
    }

    private static <T> T sound(String file, Saved<T> saved) throws Wrong {
        return switch (saved) {
            case Saved.Read<T>(T value) -> value;
            case Saved.Refused<T>(String reason) -> throw new Wrong(file + ": " + reason);
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
