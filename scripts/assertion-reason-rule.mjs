// "An assertion says why it holds": `x as T` overrules the compiler, so a comment stands beside it, in its statement
// or right above it. `as const` asserts nothing.

const enclosing = (node) => {
  let statement = node;
  while (
    statement.parent !== null &&
    !/(Statement|Declaration|PropertyDefinition|MethodDefinition)$/.test(statement.type)
  ) {
    statement = statement.parent;
  }
  return statement;
};

const isConst = (node) =>
  node.typeAnnotation.type === 'TSTypeReference' && node.typeAnnotation.typeName.name === 'const';

/** ESLint's rule `house/assertion-says-why`. */
export const assertionReasonRule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'An assertion says why it holds.' },
    schema: [],
    messages: { mute: 'An assertion says why it holds: write the reason beside it, or parse instead of asserting.' },
  },
  create(context) {
    const comments = context.sourceCode.getAllComments();
    return {
      TSAsExpression(node) {
        if (isConst(node)) return;
        // Within its own statement or, when that is long, near the assertion itself.
        const first = Math.max(enclosing(node).loc.start.line - 1, node.loc.start.line - 4);
        const last = node.loc.end.line;
        const told = comments.some((comment) => comment.loc.end.line >= first && comment.loc.start.line <= last);
        if (!told) context.report({ node, messageId: 'mute' });
      },
    };
  },
};
