package org.offx.eval;

import java.util.SequencedMap;
import org.offx.value.Value;

/** What a node answered when it was asked for the state of one task. */
public sealed interface Observation permits Observation.Present, Observation.Absent, Undecided {

    /** @param attributes what was observed, by attribute; null of what is there but not set */
    record Present(SequencedMap<String, Value> attributes) implements Observation {}

    record Absent() implements Observation {}
}
