package org.offx.syntax;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.offx.syntax.antlr.OffxLexer;

/**
 * What the grammar leaves to code. Contextual words are found in a table: the automaton stays small, which a short
 * command notices. And a stray closing brace is survived: the stock {@code popMode} throws on an empty mode stack.
 */
public abstract class LexerBase extends Lexer {

    protected LexerBase(CharStream input) {
        super(input);
    }

    @Override
    public Token emit() {
        if (_type == OffxLexer.NAME) {
            _type = Words.typeOf(getText());
        }
        return super.emit();
    }

    @Override
    public int popMode() {
        return _modeStack.isEmpty() ? _mode : super.popMode();
    }
}
