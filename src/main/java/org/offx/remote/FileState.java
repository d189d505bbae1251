package org.offx.remote;

import java.util.Optional;

/**
 * What lies at a path; where that is a link, what it leads to.
 *
 * @param link the text of the link that the path itself is
 * @param mode permission bits such as 0644
 * @param user the owner's name, or its number where it has no name
 * @param size in bytes, as the file system tells it
 * @param content of a regular file, absent for anything else and for what is longer than was asked for
 */
public record FileState(
        Kind kind,
        Optional<String> link,
        int mode,
        String user,
        int uid,
        String group,
        int gid,
        long size,
        Optional<Bytes> content) {

    /** The kinds of stat(2). */
    public enum Kind {
        FILE,
        DIRECTORY,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        SOCKET
    }
}
