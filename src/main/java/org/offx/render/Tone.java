package org.offx.render;

/** What a piece of text is for; the one table of what that looks like. The codes are those of ECMA-48, SGR. */
enum Tone {
    PLAIN(""),
    TITLE("1"),
    NAME("1"),
    CREATE("32"),
    CHANGE("33"),
    DESTROY("31"),
    ACT("36"),
    WAIT("36"),
    TROUBLE("1;31"),
    RISK("1;33"),
    PLACE("36"),
    QUIET("2");

    private static final String START = "\u001b[";
    private static final String RESET = "\u001b[0m";

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : START + code + "m" + text + RESET;
    }
}
