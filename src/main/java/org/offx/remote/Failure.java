package org.offx.remote;

import java.time.Duration;
import java.util.List;

/** Why a node cannot be worked on. Each knows the sentence to tell a person: the place, the reason, what to do. */
public sealed interface Failure {

    /** The node's name. */
    String node();

    /** What happened and, where there is one, the next thing to do; may span lines. */
    String sentence();

    record CannotResolve(String node, String host) implements Failure {
        @Override
        public String sentence() {
            return node + ": no address is known for the name " + host + ": neither DNS nor /etc/hosts nor the SSH configuration has it";
        }
    }

    record ConnectTimedOut(String node, String address, Duration after) implements Failure {
        @Override
        public String sentence() {
            return node + ": no answer from " + address + " within " + after.toSeconds() + " s: it is down, or something on the way drops what is sent";
        }
    }

    record ConnectionRefused(String node, String address) implements Failure {
        @Override
        public String sentence() {
            return node + ": " + address + " refuses connections: no SSH server listens there";
        }
    }

    /** @param reason such as "no route to host", or what broke while the two sides agreed on a cipher */
    record CannotConnect(String node, String address, String reason) implements Failure {
        @Override
        public String sentence() {
            return node + ": no SSH connection to " + address + ": " + reason;
        }
    }

    /**
     * @param fingerprint as ssh-keygen -l shows it: SHA256:…
     * @param files where it was looked for
     * @param line the command that shows the key to a person and adds it
     */
    record HostKeyUnknown(
            String node, String address, String keyType, String fingerprint, List<String> files, String line)
            implements Failure {
        @Override
        public String sentence() {
            return node + ": the host key of " + address + " is not known: " + keyType + " " + fingerprint + "\n"
                    + "looked for in " + String.join(", ", files) + "\n"
                    + "compare it with the one that the machine itself shows, then accept it with: " + line;
        }
    }

    /**
     * @param known the fingerprint that is expected
     * @param place file:line where that stands
     */
    record HostKeyChanged(
            String node, String address, String keyType, String offered, String known, String place, String line)
            implements Failure {
        @Override
        public String sentence() {
            return node + ": the host key of " + address + " has CHANGED:"
                    + " somebody may be listening in, or the machine was set up anew\n"
                    + "offered:  " + keyType + " " + offered + "\n"
                    + "expected: " + known + " (" + place + ")\n"
                    + "if the change is yours, remove the old key with: " + line;
        }
    }

    /** The key is marked {@code @revoked}. */
    record HostKeyRevoked(String node, String address, String fingerprint, String place) implements Failure {
        @Override
        public String sentence() {
            return node + ": the host key of " + address + " is revoked: " + fingerprint + " (" + place + ")";
        }
    }

    /**
     * @param allowed the methods that the server would take
     * @param tried each key, where it came from, and what became of it
     */
    record AuthFailed(String node, String user, String address, List<String> allowed, List<String> tried)
            implements Failure {
        @Override
        public String sentence() {
            return node + ": " + address + " does not let " + user + " in (it takes: "
                    + (allowed.isEmpty() ? "nothing" : String.join(", ", allowed)) + ")\n"
                    + (tried.isEmpty()
                            ? "there was no key to try: no agent with keys, no key file"
                            : "tried: " + String.join("\n       ", tried));
        }
    }

    /** @param said the beginning of what came instead of a shell's answer */
    record NotAPosixShell(String node, String user, String said) implements Failure {
        @Override
        public String sentence() {
            return node + ": no POSIX shell answers for " + user
                    + (said.isBlank() ? "" : "; instead it says:\n" + said);
        }
    }

    record SudoMissing(String node) implements Failure {
        @Override
        public String sentence() {
            return node + ": there is no sudo; install it, or log in as root";
        }
    }

    record SudoDenied(String node, String user, String said) implements Failure {
        @Override
        public String sentence() {
            return node + ": sudo does not allow " + user + " to do this; it says: " + said;
        }
    }

    /** So sudo says to a user whom it does not know as well: without a password it does not tell who may do what. */
    record SudoNeedsPassword(String node, String user) implements Failure {
        @Override
        public String sentence() {
            return node + ": sudo asks " + user + " for a password, or does not know " + user + " at all\n"
                    + "allow it without one, by a line in /etc/sudoers.d on the node: " + user + " ALL=(ALL:ALL) NOPASSWD: ALL\n"
                    + "or log in as somebody who may; `become = none` on the node does without root";
        }
    }

    record SudoWrongPassword(String node, String user) implements Failure {
        @Override
        public String sentence() {
            return node + ": sudo does not take this password of " + user;
        }
    }

    record SudoNeedsTty(String node) implements Failure {
        @Override
        public String sentence() {
            return node + ": sudo wants a terminal; remove `Defaults requiretty` from its sudoers";
        }
    }

    /** The private directory for a session cannot be made: a full or read-only /run. */
    record NoWorkspace(String node, String said) implements Failure {
        @Override
        public String sentence() {
            return node + ": no directory for the session can be made: " + said;
        }
    }

    record StartTimedOut(String node, Duration after, String said) implements Failure {
        @Override
        public String sentence() {
            return node + ": connected, but no shell was ready within " + after.toSeconds() + " s"
                    + (said.isBlank() ? "" : "; it says:\n" + said);
        }
    }

    /** The local configuration cannot be used. */
    record BadConfiguration(String node, String place, String reason) implements Failure {
        @Override
        public String sentence() {
            return node + ": " + place + ": " + reason;
        }
    }
}
