import { describe, expect, it } from 'vitest';
import { lineCount, readFiles } from '../../scripts/house-figures.mjs';

const files = readFiles(/^tools\/verify\//u);

describe('the independent verifier', () => {
  it('is small enough to be read in an hour: under 300 lines in all', () => {
    expect(files.map(({ path }) => path)).toEqual(['tools/verify/verify.mjs']);
    expect(files.reduce((sum, { text }) => sum + lineCount(text), 0)).toBeLessThan(300);
  });

  it('has nothing but Node: every import is a module of its own, and none is made at run time', () => {
    const [verifier] = files;
    const imports = [...(verifier?.text ?? '').matchAll(/^import .* from '([^']+)';$/gmu)].map(
      (match) => match[1] ?? '',
    );
    expect(imports.length).toBeGreaterThan(1);
    expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(verifier?.text).not.toMatch(/\b(require|import)\s*\(/u);
  });
});
