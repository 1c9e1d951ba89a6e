import type { ESLint, Linter } from 'eslint';

/** A raw API that is forbidden in a part of the house. */
export type Fence = {
  readonly name: string;
  readonly files: readonly string[];
  readonly ignores?: readonly string[];
  readonly selectors: readonly string[];
  readonly message: string;
};

export const fences: readonly Fence[];
export const fencePlugin: ESLint.Plugin;
export const fenceConfigs: Linter.Config[];
