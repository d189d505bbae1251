package org.offx.plan;

/**
 * How a secret gets into a plan: as a code that only the same secret under the same key gives, so that a plan can tell
 * whether a secret has changed and nobody can read or guess it from the plan. The key is not the plan's business.
 */
@FunctionalInterface
public interface Seal {

    /** A keyed code (an HMAC) in lower-case hexadecimal digits. */
    String code(String secret);

    /** How a code stands in canonical text. */
    static String text(String code) {
        return "(secret:" + code + ")";
    }

    /** The text for people: codes of secrets are left out, so that the same plan gives the same text under any key. */
    static String shown(String canonical) {
        return canonical.contains("(secret:") ? canonical.replaceAll("\\(secret:[0-9a-f]*\\)", "(secret)") : canonical;
    }
}
