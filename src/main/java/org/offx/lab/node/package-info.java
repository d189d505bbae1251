/** What runs inside a lab node where the machine has no sshd: an SSH server in Java. */
@NullMarked
package org.offx.lab.node;

import org.jspecify.annotations.NullMarked;
