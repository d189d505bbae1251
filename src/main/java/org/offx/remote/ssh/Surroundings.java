package org.offx.remote.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What SSH takes from the person who uses it.
 *
 * @param user the local user's name
 * @param home the local user's home directory
 * @param environment variables, of which {@code SSH_AUTH_SOCK} and those that the configuration names are read
 * @param configuration a file to read instead of the user's and the system's, as {@code ssh -F}
 */
public record Surroundings(String user, Path home, Map<String, String> environment, Optional<Path> configuration) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
