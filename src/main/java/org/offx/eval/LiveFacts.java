package org.offx.eval;

import java.util.Optional;
import org.offx.value.Value;

/** Facts that are read from the nodes while they are asked for. */
final class LiveFacts implements Facts {

    private final World frozen;
    private final Probes probes;

    private LiveFacts(World frozen, Probes probes) {
        this.frozen = frozen;
        this.probes = probes;
    }

    /** The same scope, reading nodes and their facts through the probes. */
    static Scope scope(Scope scope, Probes probes) {
        World live = new World(scope.world().program(), scope.world().sources(), new LiveFacts(scope.world(), probes));
        return new Scope(live, scope.node(), Optional.of(probes), scope.depth(), scope.locals(), Optional.empty());
    }

    @Override
    public Value value(Request request) {
        Scope scope = scope(Scope.of(frozen, request.node()), probes);
        return Terms.value(request.fact().body(), scope.with(Terms.bind(request.fact().params(), request.arguments())));
    }

    @Override
    public boolean live() {
        return true;
    }
}
