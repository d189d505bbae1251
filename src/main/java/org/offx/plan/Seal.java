package org.offx.plan;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a secret gets into a plan: as a code that only the same secret under the same key gives, so that a plan can tell
 * whether a secret has changed and nobody without the key can read or guess it from the plan. Where the key comes from is not
 * the plan's business.
 */
public interface Seal {

    /** A keyed code in lower-case hexadecimal digits. */
    String code(String secret);

    /** Names the key without telling anything of it: codes can be compared only under the same one. */
    String key();

    /** Codes are the first half of an HMAC-SHA256 (RFC 2104) under this key, of which nothing may be guessable. */
    static Seal of(byte[] key) {
        SecretKeySpec secretKey = new SecretKeySpec(key, "HmacSHA256");
        return new Seal() {
            @Override
            public String code(String secret) {
                return digits("secret " + secret, 16);
            }

            @Override
            public String key() {
                return digits("key", 4);
            }

            private String digits(String message, int bytes) {
                try {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(secretKey);
                    return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)), 0, bytes);
                } catch (GeneralSecurityException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        };
    }

    /** How a code stands in canonical text. */
    static String text(String code) {
        return "(secret:" + code + ")";
    }

    /** The text for people: codes of secrets are left out, so that the same plan gives the same text under any key. */
    static String shown(String canonical) {
        return canonical.contains("(secret:") ? canonical.replaceAll("\\(secret:[0-9a-f]*\\)", "(secret)") : canonical;
    }
}
