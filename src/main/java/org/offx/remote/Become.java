package org.offx.remote;

import java.util.regex.Pattern;

/** As whom a session works on its node. */
public sealed interface Become {

    /** As root: directly where the login is root, through sudo otherwise. */
    record Root() implements Become {}

    /** As the user who logged in. */
    record Login() implements Become {}

    /** As another user, through sudo. */
    record User(String name) implements Become {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*[$]?");

        public User {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a user: " + name);
            }
        }
    }
}
