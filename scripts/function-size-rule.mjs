// "One function, one screen." A factory that returns its verbs as closures is not one function: each closure counts
// for itself, and the factory counts what is left. Blank lines and lines of comment alone are not counted.

const COMMENT = /^\s*(\/\/|\/\*|\*|\{\/\*)/;

/** ESLint's rule `house/function-size`, with the greatest number of own lines as its option. */
export const functionSizeRule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'One function, one screen.' },
    schema: [{ type: 'integer', minimum: 1 }],
    messages: { long: 'This function has {{own}} lines of its own; one screen is {{max}}. Give its steps names.' },
  },
  create(context) {
    const max = context.options[0];
    const text = context.sourceCode.lines;
    const open = [];
    // A file that is being saved while it is linted may have fewer lines than its tree.
    const countable = (line) => (text[line - 1] ?? '').trim() !== '' && !COMMENT.test(text[line - 1]);
    const enter = () => open.push(new Set());
    const leave = (node) => {
      const inner = open.pop();
      const { start, end } = node.loc;
      const own = new Set();
      for (let line = start.line; line <= end.line; line += 1) if (countable(line) && !inner.has(line)) own.add(line);
      if (own.size > max) context.report({ node, messageId: 'long', data: { own: own.size, max } });
      const outer = open.at(-1);
      // The lines where a closure opens and closes belong to the function around it too.
      for (let line = start.line + 1; line < end.line; line += 1) outer?.add(line);
    };
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      'FunctionDeclaration:exit': leave,
      'FunctionExpression:exit': leave,
      'ArrowFunctionExpression:exit': leave,
    };
  },
};
