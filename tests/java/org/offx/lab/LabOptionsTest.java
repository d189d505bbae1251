package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabOptionsTest {

    private final LabOptions options = LabOptions.in(Path.of("somewhere"));

    @Test
    void theDefaultIsTheClusterAsTheInventoryHasIt() {
        assertThat(options.nodes()).extracting(NodeSpec::name).containsExactly("ovh1", "ovh2", "ovh3", "ovh4");
        assertThat(options.nodes()).extracting(NodeSpec::ipv4).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
        assertThat(options.directory()).isAbsolute();
        assertThat(options.stays()).isFalse();
    }

    @Test
    void noNodeAndDoubledNodesAreRefused() {
        assertThatThrownBy(() -> options.withNodes(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> options.withNodes(List.of(new NodeSpec("a", "eth0", 1), new NodeSpec("a", "eth0", 2))))
                .hasMessageContaining("share a name or a place: a");
        assertThatThrownBy(() -> options.withNodes(List.of(new NodeSpec("a", "eth0", 1), new NodeSpec("b", "eth0", 1))))
                .hasMessageContaining("share a name or a place: b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a b", "a;reboot", "../x", "a-name-too-long"})
    void aNameThatAShellOrTheKernelWouldMisreadIsRefused(String name) {
        assertThatThrownBy(() -> new NodeSpec(name, "eth0", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placesAndMtusHaveLimits() {
        assertThatThrownBy(() -> new NodeSpec("a", "eth0", 0)).hasMessageContaining("1 to 254");
        assertThatThrownBy(() -> new NodeSpec("a", "eth0", 255)).hasMessageContaining("1 to 254");
        assertThat(new NodeSpec("a", "eth0", 254).ipv6()).isEqualTo("fd00:ff::fe");
        assertThatThrownBy(() -> options.withVrackMtu(1279)).hasMessageContaining("1280");
    }
}
