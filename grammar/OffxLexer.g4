lexer grammar OffxLexer;
options { superClass = org.offx.syntax.LexerBase; }

// Words that mean something in one place only; the parser's rule `word` makes each of them a name everywhere else. They
// are read as NAME and looked up (LexerBase): as rules of their own they would triple the lexer's automaton.
tokens {
  FRESH_LPAREN, FRESH_LBRACK, OR_EXIT, QUOTE_END, TEXT, ESCAPE, OPEN, UNTERMINATED,
  WORDS_FROM,
  ABSENT, ACTION, ALL, ANY, AS, AT, BY, CHANGE, CHANGES, CHECK, CONFIRM, CONSENT, CREATE, DELETE, DESTRUCTIVE, EDIT,
  ENUM, EXIT, EXPECT, FACT, FIXED, FN, FROM, GIVEN, GROUP, GUARDED, HAS, IF_THERE, INPUT, KEPT, KIND, LIST, LIVE,
  MATCH, MATCHES, MODE, MOVED, MUST, NEEDS, NO, NODE, NOTE, NOW, OBSERVE, OF, ON, ONE, ONLY, OPTION, OWNER, PERFORM,
  PLAN, PLAY, PROBE, READONLY, REFUSE, RENAME, REPLACE, REQUIRE, REQUIRED, RESOURCE, REVIEW, ROLE, RUN, SAME, SETTLE,
  SHOULD, SHOW, STRUCT, TEST, TIMEOUT, TOGETHER, TYPE, UNDO, UNTIL, UPDATE, USE, VALIDATE, WAIT, WATCH, WHEN, WHERE,
  WITHIN,
  WORDS_TO
}
channels { COMMENTS }

DOC      : '##' (~[#\r\n] ~[\r\n]*)? -> channel(COMMENTS);
COMMENT  : '#' ~[\r\n]*              -> channel(COMMENTS);
NL       : '\r'? '\n';
WS       : [ \t\r\f\uFEFF]+          -> channel(HIDDEN);

// reserved: the whole list
LET : 'let'; IF : 'if'; THEN : 'then'; ELSE : 'else'; FOR : 'for'; IN : 'in'; AND : 'and'; OR : 'or'; NOT : 'not';
TRUE : 'true'; FALSE : 'false'; NULL : 'null';

UNAME    : [A-Z] [A-Za-z0-9_]*;              // the name of a type
NAME     : [a-z_] [A-Za-z0-9_]*;

// literals are read loosely here and judged later, where a message can say what is wrong with `5M` or `08`
INT      : [0-9]+;
NUMBER   : DIGITS ('.' DIGITS)* '%'?;
CIDR4    : [0-9]+ '.' [0-9]+ '.' [0-9]+ '.' [0-9]+ '/' [0-9]+;
COLONS   : HEX ':' HEX ':' [0-9a-fA-F:]* ('.' [0-9]+)* ('/' [0-9]+)?;      // an IPv6 or a hardware address
fragment DIGITS : [0-9] [0-9A-Za-z_]*;
fragment HEX : [0-9a-fA-F]*;

LPAREN : '('; RPAREN : ')'; LBRACK : '['; RBRACK : ']';
LBRACE : '{' -> pushMode(DEFAULT_MODE);
RBRACE : '}' -> popMode;
COMMA : ','; COLON : ':'; DOT : '.'; QDOT : '?.'; RANGE : '..'; SPREAD : '...'; QQ : '??'; QMARK : '?'; ARROW : '=>';
PIPE : '|'; EQ : '=='; NE : '!='; LE : '<='; GE : '>='; LT : '<'; GT : '>'; ASSIGN : '='; PLUS : '+'; MINUS : '-';
STAR : '*'; SLASH : '/';

RAW      : '\'' ~['\r\n]* '\'';
RAWS     : '\'\'\'' .*? '\'\'\'';
TQUOTE   : '"""' -> pushMode(LINES);
QUOTE    : '"' -> pushMode(LINE);
TICK     : '`' -> pushMode(CMD);

// never part of a file; known by name so that the message can say what to write instead
RAW_OPEN   : '\'' ~['\r\n]*;
RAWS_OPEN  : '\'\'\'';
SLASHES    : '//' ~[\r\n]*;
SLASH_STAR : '/*' .*? '*/';
SEMICOLON  : ';';
AMPERSANDS : '&&';
BARS       : '||';
BANG       : '!';
BAD        : . ;

mode LINE;
LINE_END  : '\r'? '\n' -> type(UNTERMINATED), popMode;
LINE_CLOSE: '"' -> type(QUOTE_END), popMode;
LINE_U    : '\\u{' [0-9a-fA-F]* '}' -> type(ESCAPE);
LINE_ESC  : '\\' ~[\r\n] -> type(ESCAPE);
LINE_OPEN : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
LINE_TEXT : (~["\\$\r\n]+ | [\\$\r]) -> type(TEXT);

mode LINES;
LINES_CLOSE: '"""' -> type(QUOTE_END), popMode;
LINES_U    : '\\u{' [0-9a-fA-F]* '}' -> type(ESCAPE);
LINES_ESC  : '\\' . -> type(ESCAPE);
LINES_OPEN : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
LINES_TEXT : (~["\\$]+ | ["\\$]) -> type(TEXT);

mode CMD;
CMD_END   : '\r'? '\n' -> type(UNTERMINATED), popMode;
CMD_CLOSE : '`' -> type(QUOTE_END), popMode;
CMD_ESC   : '\\' [`$\\] -> type(ESCAPE);
CMD_OPEN  : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
CMD_TEXT  : (~[`\\$\r\n]+ | [\\$\r]) -> type(TEXT);
