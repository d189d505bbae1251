package org.offx.apply;

/** Keeps what an apply did, so that it can be shown later. */
@FunctionalInterface
public interface RunLog {

    /**
     * Takes the place of what was kept of this run before: it is given after every play too, so that little is lost when
     * offx itself comes to an end.
     *
     * @param report as {@link org.offx.plan.ReportJson} writes it
     */
    void keep(String report);
}
