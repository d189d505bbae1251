package org.offx.check;

import org.offx.text.Sources;

/** One run of the checker: its parts, each of which answers for one family of what can be written, and knows the others. */
final class Checker {

    final Sources sources;
    final Problems problems = new Problems();

    // Names and files.
    final Modules modules = new Modules(this);
    final Declarations declarations = new Declarations(this);
    final Lookup lookup = new Lookup(this);
    final Explain explain = new Explain(this);
    final Cycles cycles = new Cycles(this);
    final Library library = new Library(this);

    // Types.
    final TypeReader typeReader = new TypeReader(this);
    final Shapes shapes = new Shapes(this);
    final Types types = new Types(shapes);
    final Fitting fitting = new Fitting(this);
    final Misfits misfits = new Misfits(this);
    final Signatures signatures = new Signatures();

    // Expressions.
    final ExprCheck exprs = new ExprCheck(this);
    final LiteralCheck literals = new LiteralCheck(this);
    final NameCheck names = new NameCheck(this);
    final MemberCheck members = new MemberCheck(this);
    final NodeAttributes nodeAttributes = new NodeAttributes(this);
    final CallCheck calls = new CallCheck(this);
    final Arguments arguments = new Arguments(this);
    final MethodCheck methods = new MethodCheck(this);
    final OperatorCheck operators = new OperatorCheck(this);
    final ListCheck lists = new ListCheck(this);
    final BraceCheck braces = new BraceCheck(this);
    final TextCheck texts = new TextCheck(this);
    final CommandCheck commands = new CommandCheck(this);
    final MatchCheck matches = new MatchCheck(this);
    final Narrowing narrowing = new Narrowing(this);

    // Declarations.
    final Globals globals = new Globals(this);
    final NodeCheck nodes = new NodeCheck(this);
    final NodeSets nodeSets = new NodeSets(this);
    final ResourceCheck resources = new ResourceCheck(this);
    final ReviewCheck reviews = new ReviewCheck(this);
    final StepCheck steps = new StepCheck(this);
    final TaskCheck tasks = new TaskCheck(this);
    final TaskBody taskBodies = new TaskBody(this);
    final PlayCheck plays = new PlayCheck(this);
    final RuleCheck rules = new RuleCheck(this);

    Checker(Sources sources) {
        this.sources = sources;
    }
}
