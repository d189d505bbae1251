package org.offx.check;

import java.util.Map;

/** A prelude and two modules with a little of everything, for playbooks in tests. */
final class SmallLibrary {

    static final Map<String, String> FILES = Map.of(
            "lib/base.offx",
            """
            resource file(path: path) {
                content: string
                owner:   string
                mode:    mode
                observe {
                    let there = file_at(path)
                    if there == null then absent
                    else { content = there.text, owner = there.owner, mode = there.mode }
                }
                create { edit path { text => content ?? "" } mode mode owner owner }
                update { edit path { text => content ?? text } mode mode owner owner }
                delete destructive { run `rm -f -- ${path}` }
            }

            action restart(unit: string) { perform { run `systemctl restart -- ${unit}` } }
            """,
            "lib/zfs.offx",
            """
            use "zfs/types.offx"

            ## A ZFS file system.
            resource dataset(name: DatasetName) {
                quota:       size | none
                compression: Prop<Compression>
                sharenfs:    Prop<string>
                encryption:  Cipher  fixed "a new dataset and a copy"
                key:         secret<string>  at create
                used:        size  readonly
                properties:  map<string, string> = {}

                needs [dataset(parent(name) ?? name)]

                observe {
                    let row = rows()[name]
                    if row == null then absent
                    else {
                        quota = bytes(row["quota"] ?? 0), compression = zstd, sharenfs = null, encryption = null,
                        used = bytes(row["used"] ?? 0), properties = {},
                    }
                }
                review {
                    when changes.quota and update refuse "${desired.quota} is below the ${observed.used} in use" if below(quota, observed.used)
                    when changes.compression note "new writes only"
                    when delete show "destroys" = [name]
                }
                create { run `zfs create -p ${name}` input key }
                update {
                    if changes.quota and quota != null { run `zfs set quota=${limit_text(quota)} ${name}` }
                }
                rename { run `zfs rename ${old} ${name}` }
                delete destructive { run `zfs destroy ${name}` }
                list { rows().keys() }
            }

            resource pool(name: string) {
                health: string  readonly
                observe { { health = "ONLINE" } }
            }

            action scrub(pool: string) { perform { run `zpool scrub ${pool}` } }

            fn parent(name: string): string? = if name.contains("/") then name.before("/") else null
            fn limit_text(limit: size | none): string = if limit == none then "none" else "${limit.bytes()}"
            fn below(limit: (size | none)?, used: size): bool = limit != null and limit != none and limit < used

            probe fn rows(): map<string, map<string, int>> {
                let answer = probe `zfs get -Hp all` timeout 20s
                { [line.before("\\t")] = { used = 0 } for line in answer.out.lines() }
            }
            """,
            "lib/zfs/types.offx",
            """
            type DatasetName = string where it matches '^[a-z][a-z0-9/_-]*$'
            enum Compression { on, off, lz4, zstd, gzip_6 = "gzip-6" }
            enum Cipher { off, aes_256_gcm = "aes-256-gcm" }
            """,
            "lib/net.offx",
            """
            type Mtu = int where 576 <= it and it <= 9600

            struct Link { name: string, mtu: Mtu = 1500, address: cidr? }

            resource interface(name: string) {
                mtu:     Mtu  live and kept
                nets:    map<string, Link> = {}  as net
                peers:   list<ip>
                options: set<Option>
                source:  string  option required
                max:     int  readonly
                observe { { mtu = both(live = 1500, kept = null), nets = {}, peers = [], options = [], max = 9000 } }
                review {
                    when changes.mtu refuse "the NIC carries ${observed.max} at most" if desired.mtu > observed.max
                }
                update guarded { run `ip link set dev ${name} mtu ${mtu ?? 1500}` }
                undo { run `ip link set dev ${name} mtu ${observed.mtu.live}` }
            }

            resource route(to: cidr, table: int) { via: ip  required
                observe { absent }
            }

            resource sysctls() { forward: bool
                observe { { forward = true } }
            }

            enum Option { rw, ro, sync, vers(float) }

            action reload() { perform { run `ifreload -a` } }

            role bridge(name: string, mtu: Mtu = 1500) { interface name { mtu, source = "role" } }

            fact release: string { (probe `lsb_release -sc`).out.trim() }
            fact newest(dataset: string): string? { null }

            probe fn full_mesh(nodes: list<node>, mtu: Mtu): bool = all n in nodes: (probe `ping -c 1 -s ${mtu} ${n.name}`).ok
            """);

    private SmallLibrary() {}
}
