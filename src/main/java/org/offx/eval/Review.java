package org.offx.eval;

import java.util.List;
import java.util.Optional;

/**
 * What a resource says of a change before it is made.
 *
 * @param refusals why it must not be done; empty where it may
 * @param consents what somebody has to consent to
 * @param unanswered what could not be looked at, and why: a change of which a review is unanswered was not reviewed
 */
public record Review(
        List<String> refusals, List<String> consents, List<Note> notes, List<Show> shows, List<Undecided> unanswered) {

    public static final Review SILENT = new Review(List.of(), List.of(), List.of(), List.of(), List.of());

    /** @param attribute the attribute whose change it is about, where it is about one */
    public record Note(Optional<String> attribute, String text) {}

    /** What is shown with the change, one line each ({@code destroys: …}). */
    public record Show(String title, List<String> lines) {}
}
