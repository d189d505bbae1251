package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.plan.Report;

/** What a node's tasks and actions need of other nodes, in an apply; and what one look at it cannot show yet. */
@Timeout(60)
class OtherNodesTest extends OnAPlayground {

    private static final String NEEDS_B = """
            play "P" on [b, a] {
                if node == b { spot "ROOT/x" }
                if node == a {
                    spot "ROOT/c" { needs [spot("ROOT/x")] }
                    spot "ROOT/d"
                }
            }
            """;

    @Test
    void whatNeedsANodeThatIsDownIsLeftAloneAndTheRestIsDone() {
        ground.down = "b";

        assertThat(ground.lines(ground.apply(NEEDS_B), "a")).containsExactly(
                "spot \"c\": skipped: needs spot \"" + root + "/x\" on b, whose node is unreachable", "spot \"d\": created");
    }

    @Test
    void aNodeThatIsDownSinceAPlanWasSavedStopsNoOther() {
        ground.saved = Optional.of(ground.plan(NEEDS_B));
        ground.fleet().close();
        ground.down = "b";

        assertThat(ground.lines(ground.apply(NEEDS_B), "a")).containsExactly(
                "spot \"c\": skipped: needs spot \"" + root + "/x\" on b, whose node is unreachable", "spot \"d\": created");
    }

    @Test
    void anActionThatNeedsAllOfAKindIsLeftAloneWhereOneIsOnANodeThatIsDown() {
        ground.down = "b";

        Report report = ground.apply("""
                play "P" on [b, a] {
                    spot "ROOT/${node}"
                    if node == a { greet_all() }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"a\": created", "greet_all: skipped: needs spot \"" + root + "/b\" on b, whose node is unreachable");
    }

    @Test
    void whatNeedsARenameOnAnotherNodeWaitsForIt() {
        ground.write("old", "text");

        Report report = ground.apply("""
                play "P" on [a, b] {
                    if node == b { named "ROOT/new" { moved from "ROOT/old" } }
                    if node == a { spot "ROOT/c" { needs [named("ROOT/new")] } }
                }
                """);

        assertThat(ground.lines(report, "b")).containsExactly("named \"new\": renamed");
        assertThat(ground.lines(report, "a")).containsExactly("spot \"c\": created");
    }

    @Test
    void whatNeedsARenameOnANodeThatComesLaterIsNotDoneBeside() {
        ground.write("old", "text");

        Report report = ground.apply("""
                play "P" on [a, b] {
                    serial = 1
                    if node == b { named "ROOT/new" { moved from "ROOT/old" } }
                    if node == a { spot "ROOT/c" { needs [named("ROOT/new")] } }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"c\": failed: it cannot be done before named \"" + root + "/new\" on b has its new name");
        assertThat(root.resolve("c")).doesNotExist();
    }

    @Test
    void whatNeedsARenameThatWasLeftAloneIsLeftAloneToo() {
        ground.write("old", "text");
        ground.write("careful", "");
        ground.write("b", "");

        Report report = ground.apply("""
                play "P" on a {
                    named "ROOT/new" { moved from "ROOT/old" }
                    spot "ROOT/b" { needs [named("ROOT/new")] }
                    spot "ROOT/c" { needs [spot("ROOT/b")] }
                    spot "ROOT/d"
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "named \"new\": skipped: needs consent: --consent 'rename'",
                "spot \"b\": ok",
                "spot \"c\": skipped: needs named \"" + root + "/new\", which was left alone",
                "spot \"d\": created");
    }

    @Test
    void aFactThatOnlyShowsDuringAnApplyIsReadThen() {
        ground.write("word", "hello");

        Report report = ground.apply("""
                play "P" on a {
                    folder "ROOT/d"
                    dial "ROOT/d/x" { text = "hi", needs [folder("ROOT/d")] }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly("folder \"d\": created", "dial \"d/x\": updated");
        assertThat(root.resolve("d/x.hello")).exists();
    }
}
