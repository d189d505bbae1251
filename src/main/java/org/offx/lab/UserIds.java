package org.offx.lab;

/** Which user ids the nodes of a lab have; that follows from who starts the lab. */
public enum UserIds {
    /** Root starts it: the ids of the machine, without a user namespace. */
    MACHINE,
    /** An ordinary user with a range of subordinate ids (subuid(5)) starts it: 65535 ids. */
    RANGE,
    /** Any other user starts it: the only id on a node is 0, and whatever changes an owner to another id fails. */
    ONE;

    String word() {
        return switch (this) {
            case MACHINE -> "machine";
            case RANGE -> "range";
            case ONE -> "one";
        };
    }
}
