package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar as Maven packages it, in a JVM of its own. */
final class PackagedIT {

    @Test
    void itKnowsItsVersion() throws Exception {
        Process offx = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", Ran.project().resolve("target/offx.jar").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(offx.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).matches("offx \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(offx.waitFor()).isZero();
    }
}
