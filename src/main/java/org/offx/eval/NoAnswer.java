package org.offx.eval;

/** How evaluation stops where a node gave no answer that could be used. It never leaves the room. */
final class NoAnswer extends RuntimeException {

    private final transient Undecided undecided;

    NoAnswer(Undecided undecided) {
        super(undecided.reason(), null, false, false);
        this.undecided = undecided;
    }

    Undecided undecided() {
        return undecided;
    }
}
