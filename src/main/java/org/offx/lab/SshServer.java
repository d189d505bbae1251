package org.offx.lab;

/** The SSH server that the nodes run. */
public enum SshServer {
    /** OpenSSH where the machine has it and it can work, Apache MINA SSHD otherwise. */
    BEST,
    /** The machine's own {@code /usr/sbin/sshd}. Needs more than one user id (see {@link UserIds}). */
    OPENSSH,
    /** Apache MINA SSHD in a JVM of its own on each node. */
    MINA
}
