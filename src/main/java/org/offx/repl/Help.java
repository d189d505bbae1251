package org.offx.repl;

/** What {@code help} says. */
final class Help {

    static final String TEXT = """
            An expression is shown with its type:      10.0.0.0/8.contains(10.1.0.5)
            A declaration stays for the session:       let quota = 20TiB      use zfs
            Declared again under the same name, it is replaced.

              on NODES           observe and plan there from now on: on ovh3, on storage, on cluster - ovh4
              on                 leave
              observe TASK       what is there: observe zfs.dataset "rpool/backups"
              observe RESOURCE   the names of all there are: observe zfs.dataset
            A task is planned on that node and staged: zfs.dataset "rpool/backups" { quota = 1TiB }

              plan               what all that is staged would do
              undo, clear        drop the last staged task, or all
              save FILE          write the session as a playbook
              apply              carry it out, after a question
              :type EXPRESSION   its type only
              quit, Ctrl-D       end; Ctrl-C drops the line

            Only apply changes a node.
            """;

    private Help() {}
}
