package org.offx.eval;

import java.math.BigDecimal;
import java.time.Duration;
import org.offx.text.Diagnostic;

/** Why nobody knows what is there. None of these is the same as "absent". */
public sealed interface Undecided extends Observation {

    /** One sentence for a person, without a full stop. */
    String reason();

    /** A probe got no answer in time. */
    record TimedOut(String asked, Duration after) implements Undecided {
        @Override
        public String reason() {
            String seconds = BigDecimal.valueOf(after.toMillis(), 3).stripTrailingZeros().toPlainString();
            return "no answer within " + seconds + " s to " + asked;
        }
    }

    /** The program that a probe runs, or what a resource asks for, is not installed; an earlier task may install it. */
    record NotInstalled(String program) implements Undecided {
        @Override
        public String reason() {
            return program + " is not installed";
        }
    }

    /** Nobody could be asked. */
    record Unavailable(String reason) implements Undecided {}

    /** It depends on something that only an earlier change brings about. */
    record Awaits(String origin) implements Undecided {
        @Override
        public String reason() {
            return "known after " + origin;
        }
    }

    /** The node answered with an error, or with something that makes no sense. */
    record Failed(Diagnostic diagnostic) implements Undecided {
        @Override
        public String reason() {
            return diagnostic.message();
        }
    }
}
