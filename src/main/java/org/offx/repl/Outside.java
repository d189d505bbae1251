package org.offx.repl;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.Apply;
import org.offx.eval.Evaluation;
import org.offx.observe.Inventory;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview.Outcome;
import org.offx.plan.Seal;

/** What a session reaches outside of itself. */
public interface Outside extends AutoCloseable {

    /** How the nodes are reached from now on; connections that stand and lead to the same place are kept. */
    void inventory(Inventory inventory);

    /** Connects to a node, or tries again where that failed before. @return why it was not reached; empty where it was */
    Optional<String> connect(String node);

    NodeReader reader();

    /** How secrets get into the plans of this session. */
    Seal seal();

    /**
     * Carries out a plan that somebody has seen and agreed to.
     *
     * @param consents what was consented to, by name
     */
    Apply.Outcome apply(Evaluation evaluation, Outcome.Made made, Set<String> consents);

    /** How a file that is saved as {@code from} names another that this session names {@code file}. */
    String named(String file, String from);

    /**
     * Writes a file.
     *
     * @param replace it may be there already
     * @throws java.nio.file.FileAlreadyExistsException it is, and may not
     */
    void save(String file, String text, boolean replace) throws IOException;

    @Override
    void close();
}
