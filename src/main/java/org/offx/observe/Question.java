package org.offx.observe;

import java.time.Duration;
import org.offx.value.Command;

/** What can be asked of a node. Equal questions of one phase are asked once. */
public sealed interface Question {

    record Run(Command command, Duration limit) implements Question {}

    record FileState(String path) implements Question {}
}
