package org.offx.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;

/** A lexer that survives a stray closing brace: the stock {@code popMode} throws on an empty mode stack. */
public abstract class LexerBase extends Lexer {

    protected LexerBase(CharStream input) {
        super(input);
    }

    @Override
    public int popMode() {
        return _modeStack.isEmpty() ? _mode : super.popMode();
    }
}
