package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Exports and mounts of the real kernel's NFS. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class NfsVmIT {

    private static final String SHARE = """
            use nfs

            play "shares" on node1 {
                nfs.export "/srv/share" {
                    clients = [10.99.0.2, 10.99.1.0/24, "*.lab.invalid"]
                    options = [rw, sync, no_subtree_check, no_root_squash]
                }
            }
            """;

    private Machines machines;

    @BeforeEach
    void cleanNodes(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
        machines.addresses();
        machines.root("node1", "mkdir -p /srv/share && echo hello >/srv/share/x");
    }

    @Test
    void anExportNowAndAfterAReboot() throws IOException {
        String export = "node1: nfs.export \"/srv/share\" update: ";
        Life.of(machines, SHARE)
                .drift("exportfs -u 10.99.0.2:/srv/share", export + "clients")
                .drift("exportfs -o rw 10.99.0.7:/srv/share", export + "clients, options")
                .drift("exportfs -o ro,no_subtree_check 10.99.0.2:/srv/share", export + "options")
                .drift("sed -i 's/no_root_squash/root_squash/g' /etc/exports.d/offx.exports", export + "options")
                .drift("echo '/srv/share 10.9.9.9(rw)' >>/etc/exports.d/offx.exports && exportfs -ra", export + "clients, options")
                .drift("rm /etc/exports.d/offx.exports && exportfs -ra", "node1: nfs.export \"/srv/share\" create")
                .gone("use nfs\n\nplay \"shares\" on node1 { absent nfs.export \"/srv/share\" }\n");
        assertThat(machines.root("node1", "exportfs -s")).isEmpty();
    }

    @Test
    void whatSomebodyElseExportsStays() throws IOException {
        machines.root("node1", "mkdir -p /srv/other && echo '/srv/other 10.99.0.2(ro,no_subtree_check)' >>/etc/exports && exportfs -ra");
        Life.of(machines, SHARE);
        assertThat(machines.root("node1", "exportfs -s")).contains("/srv/other  10.99.0.2(");
    }

    @Test
    void anExportOfOneNodeMountedOnAnother() throws IOException {
        String play = SHARE + """

                play "clients" on node2 {
                    nfs.mount "/mnt/share" { source = "10.99.0.1:/srv/share", options = ["rw", "nofail", "_netdev", "vers=4.2"] }
                }
                """;
        Life life = Life.of(machines, play);
        assertThat(machines.root("node2", "cat /mnt/share/x && echo w >/mnt/share/w")).isEqualTo("hello");
        assertThat(machines.root("node1", "cat /srv/share/w")).isEqualTo("w");

        String mount = "node2: nfs.mount \"/mnt/share\" update: ";
        life.driftOn("node2", "umount /mnt/share", mount + "source")
                .driftOn("node2", "sed -i '/mnt.share/d' /etc/fstab", mount + "source, options")
                .driftOn("node2", "sed -i 's/vers=4.2/vers=3/' /etc/fstab", mount + "options");
        machines.root("node2", "umount /mnt/share && mount /mnt/share && cat /mnt/share/x");
        life.gone("use nfs\n\nplay \"clients\" on node2 { absent nfs.mount \"/mnt/share\" }\n");
        assertThat(machines.attempt("node2", "findmnt /mnt/share").status()).isEqualTo(1);
        assertThat(machines.root("node2", "cat /etc/fstab")).doesNotContain("/mnt/share");
    }

    @Test
    void blanksInAPath() throws IOException {
        machines.root("node1", "mkdir -p '/srv/my files' && echo hello >'/srv/my files/x'");
        Life.of(machines, """
                        use nfs

                        play "shares" on node1 { nfs.export "/srv/my files" { clients = [10.99.0.2] } }
                        play "clients" on node2 { nfs.mount "/mnt/my files" { source = "10.99.0.1:/srv/my files" } }
                        """)
                .driftOn("node2", "umount '/mnt/my files'", "node2: nfs.mount \"/mnt/my files\" update: source");
        assertThat(machines.root("node2", "cat '/mnt/my files/x'")).isEqualTo("hello");
    }
}
