package org.offx.observe;

import org.offx.remote.Attempt;
import org.offx.remote.Session;

/** Opens a new session on a node; knows where nodes are and how to get there. */
@FunctionalInterface
public interface Connector {

    Attempt<Session> open(String node);
}
