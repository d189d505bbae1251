package org.offx.check;

import java.util.List;
import org.offx.text.Source;
import org.offx.text.Sources;

/**
 * From files to the program that they mean, with everything that is wrong in them: names, types, nulls, units, secrets,
 * where probes may stand. Loads what the files use. Pure: files come through {@link Sources}, and nothing is evaluated.
 */
public final class Check {

    private Check() {}

    /** Checks the files and all that they use; the plays, rules and tests of the program are those of the root files and of the files that they use without a name. */
    public static Checked program(List<Source> roots, Sources sources) {
        Checker checker = new Checker(sources);
        checker.modules.load(roots);
        List<Unit> units = checker.modules.units();
        checker.declarations.declare(units);
        Unit prompt = checker.modules.prompt(roots);
        Program program = new Assembly(checker).program(roots);
        checker.cycles.report();
        checker.library.told();
        return new Checked(program, checker.problems.sorted(), new Sight(checker, prompt));
    }
}
