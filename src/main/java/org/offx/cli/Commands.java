package org.offx.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Every command, in the order in which the help shows them. A command is made only when it is called. */
final class Commands {

    record Entry(String summary, Supplier<Command> command) {}

    private Commands() {}

    static SequencedMap<String, Entry> all() {
        SequencedMap<String, Entry> all = new LinkedHashMap<>();
        all.put("demo", new Entry("the whole story on this machine, with nothing to set up", DemoCommand::new));
        all.put("check", new Entry("find what is wrong in a playbook, without touching any node", CheckCommand::new));
        all.put("plan", new Entry("show what apply would do; changes nothing", PlanCommand::new));
        all.put("apply", new Entry("plan, ask, change, and read back what was changed", ApplyCommand::new));
        all.put("observe", new Entry("record what the nodes answer, for plans without any node", ObserveCommand::new));
        all.put("show", new Entry("show a saved plan or report again", ShowCommand::new));
        all.put("repl", new Entry("evaluate, observe and plan at a prompt", ReplCommand::new));
        all.put("exec", new Entry("run one command on many nodes", ExecCommand::new));
        all.put("fmt", new Entry("write files in the one layout", FmtCommand::new));
        all.put("test", new Entry("run the tests that playbooks hold", TestCommand::new));
        all.put("doc", new Entry("the reference of the standard library", DocCommand::new));
        all.put("explain", new Entry("tell the long story of a diagnostic", ExplainCommand::new));
        all.put("lab", new Entry("nodes on this machine to try things on", LabCommand::new));
        all.put("dev", new Entry("print what lies between a file and its plan", DevCommand::new));
        return all;
    }
}
