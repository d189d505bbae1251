package org.offx.remote;

import java.util.Optional;

/** Where secrets come from that only a person or a vault knows. Each is asked for only when it is needed. */
public interface Credentials {

    /** No secret at all: what asks for one fails. */
    Credentials NONE = new Credentials() {};

    /** The password sudo asks {@code user} for on {@code node}. */
    default Optional<String> sudoPassword(String node, String user) {
        return Optional.empty();
    }

    /** The passphrase of a private key in this file. */
    default Optional<String> passphrase(String keyFile) {
        return Optional.empty();
    }
}
