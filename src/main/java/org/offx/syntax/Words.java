package org.offx.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.offx.syntax.antlr.OffxLexer;

/** The contextual words: names of tokens in capitals, written in small letters. */
final class Words {

    private static final Map<String, Integer> TYPES = types();

    private Words() {}

    /** The kind of token that a name is: a word of its own, or just a name. */
    static int typeOf(String name) {
        return TYPES.getOrDefault(name, OffxLexer.NAME);
    }

    static boolean isWord(int type) {
        return type > OffxLexer.WORDS_FROM && type < OffxLexer.WORDS_TO;
    }

    /** How a contextual word is written: {@code if_there}. */
    static String written(int type) {
        return OffxLexer.VOCABULARY.getSymbolicName(type).toLowerCase(Locale.ROOT);
    }

    private static Map<String, Integer> types() {
        Map<String, Integer> types = new HashMap<>();
        for (int type = OffxLexer.WORDS_FROM + 1; type < OffxLexer.WORDS_TO; type++) {
            types.put(written(type), type);
        }
        return Map.copyOf(types);
    }
}
