package org.offx.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offx.remote.Destination;
import org.offx.remote.ssh.SshConfig.BadConfig;

/** What ssh_config(5) promises, as far as it is understood. */
class SshConfigTest {

    @TempDir
    Path home;

    private SshSettings settings(Destination destination, String... lines) throws IOException, BadConfig {
        Path file = Files.writeString(home.resolve("config"), String.join("\n", lines));
        return new SshConfig(new Surroundings(
                        "alice", home, Map.of("SSH_AUTH_SOCK", "/run/agent", "KEYS", "/keys"), Optional.of(file)))
                .settings(destination);
    }

    private SshSettings settings(String host, String... lines) throws IOException, BadConfig {
        return settings(new Destination("n", host), lines);
    }

    private void refused(String message, String... lines) {
        assertThatThrownBy(() -> settings("web", lines)).isInstanceOf(BadConfig.class).hasMessageContaining(message);
    }

    @Test
    void without_configuration_ssh_s_own_defaults_hold() throws Exception {
        Files.createDirectory(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/id_ed25519"), "");
        SshSettings settings = settings("web");
        assertThat(settings.hostName()).isEqualTo("web");
        assertThat(settings.user()).isEqualTo("alice");
        assertThat(settings.port()).isEqualTo(22);
        assertThat(settings.knownAs()).isEqualTo("web");
        assertThat(settings.identityFiles()).containsExactly(home.resolve(".ssh/id_ed25519"));
        assertThat(settings.agent()).contains(Path.of("/run/agent"));
        assertThat(settings.knownHosts()).startsWith(home.resolve(".ssh/known_hosts"));
        assertThat(settings.acceptNew()).isFalse();
    }

    @Test
    void the_first_value_holds_and_keys_add_up() throws Exception {
        SshSettings settings = settings(
                "web", "Host web", "  User one", "  IdentityFile ~/a", "Host *", "  User two", "  Port 2222",
                "  IdentityFile ${KEYS}/%r@%h");
        assertThat(settings.user()).isEqualTo("one");
        assertThat(settings.port()).isEqualTo(2222);
        assertThat(settings.knownAs()).isEqualTo("[web]:2222");
        assertThat(settings.identityFiles()).containsExactly(home.resolve("a"), Path.of("/keys/one@web"));
    }

    @Test
    void the_inventory_comes_before_the_configuration() throws Exception {
        SshSettings settings = settings(
                new Destination("n", "web", Optional.of("root"), Optional.of(22)), "User other", "Port 2222");
        assertThat(settings.user()).isEqualTo("root");
        assertThat(settings.port()).isEqualTo(22);
    }

    @Test
    void lines_may_be_written_in_every_way_ssh_takes() throws Exception {
        SshSettings settings = settings(
                "web", "# a comment", "", "hostNAME=web.example.org", "Port = 23", "\tUser\t\"a b\"  # him",
                "UserKnownHostsFile ~/one \"%d/t w o\"", "ConnectTimeout 7");
        assertThat(settings.hostName()).isEqualTo("web.example.org");
        assertThat(settings.port()).isEqualTo(23);
        assertThat(settings.user()).isEqualTo("a b");
        assertThat(settings.knownHosts()).startsWith(home.resolve("one"), home.resolve("t w o"));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "web*,web1,true", "web?,web,false", "*.org !db.org,db.org,false", "*.org !db.org,web.org,true",
        "!db.org,web.org,false", "WEB,web,true", "a*b*c,aXbYbZc,true", "*,anything,true"
    })
    void hosts_match_as_patterns_do(String patterns, String host, boolean matches) throws Exception {
        SshSettings settings = settings(host, "Host " + patterns, "  User matched");
        assertThat(settings.user().equals("matched")).isEqualTo(matches);
    }

    @Test
    void match_looks_at_the_real_name_and_the_user() throws Exception {
        String[] lines = {
            "Host web", "  HostName web.example.org", "Match host *.org user alice,bob", "  Port 1",
            "Match originalhost web !user alice", "  Port 2", "Match all", "  Port 3"
        };
        assertThat(settings("web", lines).port()).isEqualTo(1);
        assertThat(settings("other", lines).port()).isEqualTo(3);
        assertThat(settings(new Destination("n", "web", Optional.of("eve"), Optional.empty()), lines).port()).isEqualTo(2);
    }

    @Test
    void what_cannot_be_understood_is_refused_with_its_place() {
        refused("Match exec", "Match exec \"test -f /x\"", "  User x");
        refused("Match final", "Match final host web");
        refused("number", "Port many");
        refused("number", "Port 70000");
        refused("%Z", "IdentityFile ~/%Z");
        refused("NOTSET", "IdentityFile ${NOTSET}/x");
        refused("no value", "User");
        refused("quote", "User \"x");
        assertThatThrownBy(() -> settings("web", "", "Port many"))
                .isInstanceOfSatisfying(BadConfig.class, e -> assertThat(e.place()).endsWith("config:2"));
    }

    @Test
    void includes_are_read_in_order_and_only_where_they_apply() throws Exception {
        Path directory = Files.createDirectories(home.resolve(".ssh/conf.d"));
        Files.writeString(directory.resolve("1.conf"), "Host web\n  User first\n");
        Files.writeString(directory.resolve("2.conf"), "User second\nPort 5\n");
        assertThat(settings("web", "Include conf.d/*.conf", "Port 6").user()).isEqualTo("first");
        assertThat(settings("web", "Include conf.d/*.conf", "Port 6").port()).isEqualTo(5);
        assertThat(settings("db", "Include ~/.ssh/conf.d/2.conf").user()).isEqualTo("second");
        assertThat(settings("db", "Host web", "  Include conf.d/*.conf").user()).isEqualTo("alice");
        assertThat(settings("db", "Include " + home + "/none/*", "Port 7").port()).isEqualTo(7);
        Files.writeString(directory.resolve("loop"), "Include conf.d/loop");
        refused("include each other", "Include conf.d/loop");
    }

    @Test
    void jumps_name_user_host_and_port() throws Exception {
        assertThat(settings("web", "ProxyJump admin@gate:2222,inner,ssh://[fd00::1]:23,fd00::2").jumps())
                .containsExactly(
                        new Destination("n", "gate", Optional.of("admin"), Optional.of(2222)),
                        new Destination("n", "inner"),
                        new Destination("n", "fd00::1", Optional.empty(), Optional.of(23)),
                        new Destination("n", "fd00::2"));
        assertThat(settings("web", "ProxyJump none", "ProxyCommand nc %h %p").jumps()).isEmpty();
        assertThat(settings("web", "ProxyJump none", "ProxyCommand nc %h %p").proxyCommand()).isEmpty();
        assertThat(settings("web", "ProxyCommand nc -X 5 %h %p").proxyCommand()).contains("nc -X 5 web 22");
        refused("not a host", "ProxyJump -oProxyCommand=evil");
    }

    @Test
    void only_stricter_checking_of_host_keys_is_honoured() throws Exception {
        assertThat(settings("web", "StrictHostKeyChecking no").acceptNew()).isFalse();
        assertThat(settings("web", "StrictHostKeyChecking accept-new").acceptNew()).isTrue();
        assertThat(settings("web", "HostKeyAlias Name", "Port 99").knownAs()).isEqualTo("name");
    }

    @Test
    void names_of_known_hosts_match_plain_patterned_and_hashed() {
        assertThat(KnownHosts.matches("web,10.0.0.1", "10.0.0.1")).isTrue();
        assertThat(KnownHosts.matches("[web]:22*", "[web]:2222")).isTrue();
        assertThat(KnownHosts.matches("*,!web", "web")).isFalse();
        // ssh-keygen -H of the name example.org
        String hashed = "|1|kPSNHMlU8aBu7r0MTNkS3fSfQq0=|";
        assertThat(KnownHosts.matches(hashed, "example.org")).isFalse();
        assertThat(KnownHosts.matches("|1|not base64|x", "example.org")).isFalse();
    }

    @Test
    void damaged_lines_of_known_hosts_are_passed_over() throws Exception {
        Path file = Files.writeString(
                home.resolve("known"),
                "web\nweb ssh-ed25519 ***\n@cert-authority * ssh-ed25519 AAAA\n\n@revoked web ssh-ed25519 AAAA\nweb ssh-rsa AAAB");
        assertThat(KnownHosts.of(List.of(home.resolve("none"), file), "web").entries())
                .extracting(KnownHosts.Entry::line, KnownHosts.Entry::revoked)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(5, true), org.assertj.core.groups.Tuple.tuple(6, false));
    }
}
