package org.offx.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.offx.cli.Usage.Arguments;
import org.offx.plan.ExitStatus;
import org.offx.text.Code;

/** {@code offx explain OFX0301}: the long story of a diagnostic. */
final class ExplainCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("explain", "Tells the long story of a diagnostic, with a before and an after.")
                .taking(new Arguments("[CODE]", 0, 1, "A code such as OFX0301; without one, all of them are listed."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        String asked = given.arguments().isEmpty() ? "" : given.arguments().getFirst();
        if (asked.isEmpty()) {
            List.of(Code.values()).forEach(code -> io.out().println(code.id() + "  " + code.title()));
            return ExitStatus.DONE;
        }
        String digits = asked.toUpperCase(Locale.ROOT).replaceFirst("^OFX", "");
        for (Code code : Code.values()) {
            if (code.id().equals("OFX" + digits)) {
                io.out().print(page(code));
                return ExitStatus.DONE;
            }
        }
        throw new Wrong("there is no diagnostic " + asked + "; `offx explain` lists them");
    }

    private static String page(Code code) {
        try (InputStream page = ExplainCommand.class.getResourceAsStream("/explain/" + code.id() + ".md")) {
            return page == null
                    ? code.id() + ": " + code.title() + "\n"
                    : new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
