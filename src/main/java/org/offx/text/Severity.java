package org.offx.text;

/** How bad a diagnostic is: an error stops the command, a warning is shown and the command goes on. */
public enum Severity {
    ERROR,
    WARNING;

    /** The word in front of a message. */
    public String shown() {
        return this == ERROR ? "error" : "warning";
    }
}
