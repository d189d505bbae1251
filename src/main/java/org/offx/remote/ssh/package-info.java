/** Nodes over SSH, as the user's own OpenSSH configuration, keys and agent say. The only package that sees sshj. */
@NullMarked
package org.offx.remote.ssh;

import org.jspecify.annotations.NullMarked;
