package org.offx.apply;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with one playground, in a directory of its own. */
abstract class OnAPlayground {

    @TempDir
    Path root;

    Playground ground;

    @BeforeEach
    final void open() {
        ground = new Playground(root);
    }

    @AfterEach
    final void close() {
        ground.close();
    }
}
