lexer grammar OffxLexer;
options { superClass = org.offx.syntax.LexerBase; }

channels { COMMENTS }

DOC      : '##' ~[\r\n]* -> channel(COMMENTS);
COMMENT  : '#' ~[\r\n]*  -> channel(COMMENTS);
NL       : '\r'? '\n';
WS       : [ \t]+ -> channel(HIDDEN);

// reserved: the whole list
LET:'let'; IF:'if'; THEN:'then'; ELSE:'else'; FOR:'for'; IN:'in'; AND:'and'; OR:'or'; NOT:'not';
TRUE:'true'; FALSE:'false'; NULL:'null';

// words with a meaning in one place only; the parser rule `word` makes each of them a name again
USE:'use'; AS:'as'; TYPE:'type'; WHERE:'where'; FN:'fn'; STRUCT:'struct'; ENUM:'enum'; NODE:'node'; GROUP:'group';
INVENTORY:'inventory'; PLAY:'play'; ON:'on'; ONE:'one'; OF:'of'; ROLE:'role'; RESOURCE:'resource'; ACTION:'action'; FACT:'fact';
SECRET:'secret'; FROM:'from'; MUST:'must'; SHOULD:'should'; WHEN:'when'; TEST:'test'; EXPECT:'expect'; GIVEN:'given';
PLAN:'plan'; HAS:'has'; NO:'no'; CHANGES:'changes';
SERIAL:'serial'; MAX_FAILURES:'max_failures'; PRIORITY:'priority'; USER:'user'; BECOME:'become'; TAGS:'tags';
CHANGE:'change'; NOW:'now'; ABSENT:'absent'; MOVED:'moved';
OBSERVE:'observe'; CREATE:'create'; UPDATE:'update'; RENAME:'rename'; DELETE:'delete'; LIST:'list'; PERFORM:'perform';
DESTRUCTIVE:'destructive'; GUARDED:'guarded'; UNDO:'undo';
RUN:'run'; WAIT:'wait'; UNTIL:'until'; WITHIN:'within'; PROBE:'probe'; EXIT:'exit';
ALL:'all'; ANY:'any'; MATCH:'match';
KIND:'kind'; BRACKET:'bracket'; ENTER:'enter'; LEAVE:'leave'; DURING:'during'; INSIDE:'inside'; ATTEMPT:'attempt'; RESCUE:'rescue'; ALWAYS:'always';
TOGETHER:'together'; CONFIRM:'confirm'; REQUIRE:'require'; CHECK:'check'; WATCH:'watch'; ONLY:'only'; PURGE:'purge'; TIMEOUT:'timeout'; NEEDS:'needs';
LIVE:'live'; KEPT:'kept'; READONLY:'readonly'; OPTION:'option'; FIXED:'fixed'; AT:'at'; SAME:'same'; BY:'by';
REVIEW:'review'; REFUSE:'refuse'; NOTE:'note'; CONSENT:'consent'; SHOW:'show'; EDIT:'edit'; SETTLE:'settle'; INPUT:'input'; MATCHES:'matches'; REPLACE:'replace';

UNAME    : [A-Z] [A-Za-z0-9_]*;              // a type
NAME     : [a-z_] [A-Za-z0-9_]*;

// literals are lexed loosely, and judged in the tree builder
MODE     : '0' [0-9]+;
INT      : [1-9] [0-9_]* | '0';
FLOAT    : [0-9]+ '.' [0-9]+;
PERCENT  : [0-9]+ ('.' [0-9]+)? '%';
QUANTITY : [0-9]+ ('.' [0-9]+)? [A-Za-z] [A-Za-z0-9]*;
IPV4     : D '.' D '.' D '.' D;
CIDR4    : D '.' D '.' D '.' D '/' [0-9]+;
DOTTED   : [0-9]+ ('.' [0-9]+)+;             // 1.2.3: neither a float nor an address
MAC      : X X ':' X X ':' X X ':' X X ':' X X ':' X X;
IPV6     : V6;
CIDR6    : V6 '/' [0-9]+;
fragment V6 : (H ':')+ (':' H)+ | (H ':')* H? '::' (H (':' H)*)? | H ':' H ':' H ':' H ':' H ':' H ':' H ':' H;
fragment D : [0-9]+;
fragment X : [0-9a-fA-F];
fragment H : X (X (X X?)?)?;

LPAREN:'('; RPAREN:')'; LBRACK:'['; RBRACK:']';
LBRACE : '{' -> pushMode(DEFAULT_MODE);
RBRACE : '}' -> popMode;
COMMA:','; COLON:':'; DOT:'.'; QDOT:'?.'; RANGE:'..'; SPREAD:'...'; QQ:'??'; QMARK:'?'; ARROW:'=>'; PIPE:'|';
EQ:'=='; NE:'!='; LE:'<='; GE:'>='; LT:'<'; GT:'>'; ASSIGN:'='; PLUS:'+'; MINUS:'-'; STAR:'*'; SLASH:'/';

RAW      : '\'' ~['\r\n]* '\'';
MRAW     : '\'\'\'' .*? '\'\'\'';
TQUOTE   : '"""' -> pushMode(MSTR);
QUOTE    : '"' -> pushMode(STR);
TICK     : '`' -> pushMode(CMD);
BAD      : . ;

mode STR;
STR_EOL  : '\r'? '\n' -> type(UNTERMINATED), popMode;
STR_END  : '"' -> type(QUOTE_END), popMode;
STR_ESC  : '\\' ~[\r\n] -> type(ESC);
STR_OPEN : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
STR_TEXT : (~["\\$\r\n]+ | '$' | '\\') -> type(TEXT);

mode MSTR;
M_END    : '"""' -> type(QUOTE_END), popMode;
M_ESC    : '\\' . -> type(ESC);
M_OPEN   : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
M_TEXT   : (~["\\$]+ | '$' | '"' | '\\') -> type(TEXT);

mode CMD;
C_END    : '`' -> type(QUOTE_END), popMode;
C_ESC    : '\\' [`$\\] -> type(ESC);
C_OPEN   : '${' -> type(OPEN), pushMode(DEFAULT_MODE);
C_TEXT   : (~[`\\$]+ | '$' | '\\') -> type(TEXT);

mode NEVER;
QUOTE_END: 'q'; ESC: 'e'; OPEN: 'o'; TEXT: 't'; UNTERMINATED: 'u';
