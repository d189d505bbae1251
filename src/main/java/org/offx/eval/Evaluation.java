package org.offx.eval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.offx.check.Program;
import org.offx.check.Term;
import org.offx.eval.Plays.PlayDraft;
import org.offx.text.Sources;
import org.offx.text.Span;
import org.offx.value.Value;

/**
 * A checked program, ready to be evaluated. Everything here is a function of the program, the files beside it, and what
 * is known of the nodes; nodes are read only through the {@link Probes} that a method is given.
 */
public final class Evaluation {

    private final Program program;
    private final Sources sources;

    public Evaluation(Program program, Sources sources) {
        this.program = program;
        this.sources = sources;
    }

    /**
     * What every play wants of every node, and what is wrong with that: failures of evaluation (OFX04), tasks that
     * contradict or wait for each other (OFX05), broken rules (OFX06), nodes that lack something (OFX07).
     */
    public Evaluated catalog(Facts facts) {
        World world = new World(program, sources, facts);
        Findings findings = new Findings();
        Plays plays = new Plays(world, findings);
        List<PlayDraft> drafts = program.plays().stream().map(plays::play).toList();
        List<PlayDraft> merged = WholeCatalog.merged(drafts, findings);
        Catalog catalog = new Catalog(NeedOrder.ordered(merged, findings));
        EditConflicts.find(new Behaviour(world), catalog, findings);
        Rules.ask(world, catalog, findings);
        return new Evaluated(catalog, findings.all());
    }

    /**
     * The facts that the catalog asks for and that are not known yet. Whoever has read them asks again: there may be
     * more behind a condition on them.
     *
     * @param known facts; a {@link Value.Unknown} for those that were not read
     */
    public SequencedSet<Facts.Request> missingFacts(Facts known) {
        SequencedSet<Facts.Request> missing = new LinkedHashSet<>();
        catalog(request -> {
            Value value = known.value(request);
            if (value instanceof Value.Unknown) {
                missing.add(request);
            }
            return value;
        });
        return missing;
    }

    /** Reads one fact of one node. */
    public Answer<Value> fact(Facts.Request request, Probes probes) {
        Scope scope = LiveFacts.scope(Scope.of(new World(program, sources, Facts.UNKNOWN), request.node()), probes);
        return asked(request.fact().span(), () -> scope.world().facts().value(request));
    }

    /** Resources at work, with the facts that the catalog was evaluated with. */
    public Behaviour behaviour(Facts facts) {
        return new Behaviour(new World(program, sources, facts));
    }

    /** What becomes of each test; those of plans are only listed. */
    public List<TestResult> tests() {
        World world = new World(program, sources, Facts.UNKNOWN);
        return program.tests().stream().map(test -> Tests.run(test, world)).toList();
    }

    /** The value of a term that stands by itself: what a person types. */
    public Answer<Value> value(Term term, Optional<String> node, Optional<Probes> probes) {
        Scope still = new Scope(new World(program, sources, Facts.UNKNOWN), node, Optional.empty(), 0, Locals.NONE, Optional.empty());
        Scope scope = probes.map(reader -> LiveFacts.scope(still, reader)).orElse(still);
        return asked(term.span(), () -> Terms.value(term, scope));
    }

    /** The result of a part, or why there is none, whatever a node answered. */
    static <T> Answer<T> asked(Span at, Supplier<T> part) {
        try {
            return new Answer.Known<>(part.get());
        } catch (NoAnswer none) {
            return new Answer.Unknown<>(none.undecided());
        } catch (EvalFailure failure) {
            return new Answer.Unknown<>(new Undecided.Failed(failure.diagnostic()));
        } catch (StackOverflowError tooDeep) {
            return new Answer.Unknown<>(new Undecided.Failed(Findings.tooDeep(at)));
        }
    }
}
