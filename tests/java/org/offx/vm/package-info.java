/** The standard library on real ZFS, LXC, NFS and networks: the virtual machines of {@code tests/lab}. */
@NullMarked
package org.offx.vm;

import org.jspecify.annotations.NullMarked;
