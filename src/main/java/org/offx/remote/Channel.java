package org.offx.remote;

import java.io.InputStream;
import java.io.OutputStream;

/** The two streams of a shell that was started somewhere, its errors joined to its output. */
public interface Channel extends AutoCloseable {

    InputStream output();

    OutputStream input();

    /** After the end of {@link #output()}: whether it ended because the shell did, so that all it wrote has arrived. */
    boolean complete();

    /** At once, without waiting for anything; what is blocked in a read or write of the streams returns. */
    @Override
    void close();
}
