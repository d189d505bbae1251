package org.offx.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.offx.plan.JsonTree.At;
import org.offx.plan.Verdict.Kind;

/** A verdict in JSON: {@code "verdict": "deferred"}, and beside it what that kind says more. */
final class VerdictJson {

    private VerdictJson() {}

    static void write(ObjectNode object, Verdict verdict) {
        object.put("verdict", verdict.kind().word());
        switch (verdict) {
            case Verdict.Rename(String from) -> object.put("from", from);
            case Verdict.Act(var because) -> JsonTree.texts(object, "because", because);
            case Verdict.Blocked(String reason) -> object.put("reason", reason);
            case Verdict.Pending(String reason) -> object.put("reason", reason);
            case Verdict.Unknown(String reason) -> object.put("reason", reason);
            case Verdict.Unreachable(String reason) -> object.put("reason", reason);
            case Verdict.Failed(String reason) -> object.put("reason", reason);
            case Verdict.Deferred(String until, Optional<Verdict> estimate) -> {
                object.put("until", until);
                estimate.ifPresent(guess -> write(object.putObject("estimate"), guess));
            }
            case Verdict.Ok ok -> {}
            case Verdict.Create create -> {}
            case Verdict.Update update -> {}
            case Verdict.Replace replace -> {}
            case Verdict.Delete delete -> {}
            case Verdict.Drifted drifted -> {}
        }
    }

    static Verdict read(At at) {
        return switch (at.field("verdict").oneOf(Kind.values(), Kind::word, "verdict")) {
            case OK -> new Verdict.Ok();
            case CREATE -> new Verdict.Create();
            case UPDATE -> new Verdict.Update();
            case REPLACE -> new Verdict.Replace();
            case DELETE -> new Verdict.Delete();
            case DRIFTED -> new Verdict.Drifted();
            case RENAME -> new Verdict.Rename(at.text("from"));
            case ACT -> new Verdict.Act(at.texts("because"));
            case BLOCKED -> new Verdict.Blocked(at.text("reason"));
            case PENDING -> new Verdict.Pending(at.text("reason"));
            case UNKNOWN -> new Verdict.Unknown(at.text("reason"));
            case UNREACHABLE -> new Verdict.Unreachable(at.text("reason"));
            case FAILED -> new Verdict.Failed(at.text("reason"));
            case DEFERRED -> new Verdict.Deferred(
                    at.text("until"), at.optional("estimate", estimate -> read(estimate.object())));
        };
    }
}
