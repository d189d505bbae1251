package org.offx.eval;

import java.util.Optional;

/** The texts that files have when the steps of a task begin: as they were read, or as the steps before leave them. */
@FunctionalInterface
public interface FileTexts {

    /** @return empty where there is no such file */
    Optional<String> text(String node, String path);
}
