lexer grammar OffxLexer;
options { superClass = org.offx.syntax.LexerBase; }

tokens { FRESH_LPAREN, FRESH_LBRACK, QUOTE_END, TEXT, ESCAPE, OPEN, UNTERMINATED }
channels { COMMENTS }

DOC      : '##' (~[#\r\n] ~[\r\n]*)? -> channel(COMMENTS);
COMMENT  : '#' ~[\r\n]*              -> channel(COMMENTS);
NL       : '\r'? '\n';
WS       : [ \t\r\f\uFEFF]+          -> channel(HIDDEN);

// reserved: the whole list
LET : 'let'; IF : 'if'; THEN : 'then'; ELSE : 'else'; FOR : 'for'; IN : 'in'; AND : 'and'; OR : 'or'; NOT : 'not';
TRUE : 'true'; FALSE : 'false'; NULL : 'null';

// words that mean something in one place only; the parser's rule `word` makes each of them a name everywhere else
ABSENT : 'absent'; ACTION : 'action'; ALL : 'all'; ANY : 'any'; AS : 'as'; AT : 'at'; BY : 'by'; CHANGE : 'change';
CHANGES : 'changes'; CHECK : 'check'; CONFIRM : 'confirm'; CONSENT : 'consent'; CREATE : 'create'; DELETE : 'delete';
DESTRUCTIVE : 'destructive'; EDIT : 'edit'; ENUM : 'enum'; EXIT : 'exit'; EXPECT : 'expect'; FACT : 'fact';
FIXED : 'fixed'; FN : 'fn'; FROM : 'from'; GIVEN : 'given'; GROUP : 'group'; GUARDED : 'guarded'; HAS : 'has';
IF_THERE : 'if_there'; INPUT : 'input'; KEPT : 'kept'; KIND : 'kind'; LIST : 'list'; LIVE : 'live'; MATCH : 'match';
MATCHES : 'matches'; MODE : 'mode'; MOVED : 'moved'; MUST : 'must'; NEEDS : 'needs'; NO : 'no'; NODE : 'node';
NOTE : 'note'; NOW : 'now'; OBSERVE : 'observe'; OF : 'of'; ON : 'on'; ONE : 'one'; ONLY : 'only'; OPTION : 'option';
OWNER : 'owner'; PERFORM : 'perform'; PLAN : 'plan'; PLAY : 'play'; PROBE : 'probe'; READONLY : 'readonly';
REFUSE : 'refuse'; RENAME : 'rename'; REPLACE : 'replace'; REQUIRE : 'require'; REQUIRED : 'required'; RESOURCE : 'resource';
REVIEW : 'review'; ROLE : 'role'; RUN : 'run'; SAME : 'same'; SETTLE : 'settle'; SHOULD : 'should'; SHOW : 'show';
STRUCT : 'struct'; TEST : 'test'; TIMEOUT : 'timeout'; TOGETHER : 'together'; TYPE : 'type'; UNDO : 'undo';
UNTIL : 'until'; UPDATE : 'update'; USE : 'use'; VALIDATE : 'validate'; WAIT : 'wait'; WATCH : 'watch'; WHEN : 'when';
WHERE : 'where'; WITHIN : 'within';

UNAME    : [A-Z] [A-Za-z0-9_]*;              // the name of a type
NAME     : [a-z_] [A-Za-z0-9_]*;

// literals are read loosely here and judged later, where a message can say what is wrong with `5M` or `08`
INT      : [0-9]+;
NUMBER   : DIGITS ('.' DIGITS)* '%'?;
CIDR4    : [0-9]+ '.' [0-9]+ '.' [0-9]+ '.' [0-9]+ '/' [0-9]+;
MAC      : X X ':' X X ':' X X ':' X X ':' X X ':' X X;
IPV6     : V6 ('/' [0-9]+)?;
fragment DIGITS : [0-9] [0-9A-Za-z_]*;
fragment V6 : (H ':')+ (':' H)+ | (H ':')* H? '::' (H (':' H)*)? | H ':' H ':' H ':' H ':' H ':' H ':' H ':' H;
fragment X : [0-9a-fA-F];
fragment H : X (X (X X?)?)?;

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
