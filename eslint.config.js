import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { fenceConfigs, fencePlugin } from './scripts/lint-fences.mjs';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const SOURCE = ['src/**/*.ts', 'src/**/*.tsx'];

const everywhere = {
  name: 'house/everywhere',
  plugins: { house: fencePlugin },
  linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' },
  rules: {
    eqeqeq: 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'no-eval': 'error',
    'no-new-func': 'error',
    'no-debugger': 'error',
    'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
    'no-empty': 'error',
    'no-fallthrough': 'error',
    'no-self-compare': 'error',
    'no-template-curly-in-string': 'error',
    'no-unmodified-loop-condition': 'error',
    'no-unsafe-finally': 'error',
    'no-async-promise-executor': 'error',
    'no-promise-executor-return': 'off',
    'no-prototype-builtins': 'error',
    'no-extend-native': 'error',
    'no-sequences': 'error',
    'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
  },
};

const typed = {
  name: 'house/typed',
  files: TYPESCRIPT,
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: {
    parserOptions: {
      // Named, not searched for: a file of the domain is judged without Node's types, as it is compiled.
      project: ['./tsconfig.domain.json', './tsconfig.node.json', './tsconfig.renderer.json', './tsconfig.tests.json'],
      tsconfigRootDir: import.meta.dirname,
    },
  },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      {
        allowDefaultCaseForExhaustiveSwitch: true,
        considerDefaultExhaustiveForUnions: false,
        requireDefaultForNonUnion: true,
      },
    ],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
    '@typescript-eslint/consistent-type-exports': 'error',
    '@typescript-eslint/no-import-type-side-effects': 'error',
    '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true }],
    '@typescript-eslint/consistent-type-assertions': [
      'error',
      { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
    ],
    '@typescript-eslint/no-confusing-non-null-assertion': 'error',
    '@typescript-eslint/no-deprecated': 'error',
    '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
    ],
    '@typescript-eslint/only-throw-error': 'error',
    '@typescript-eslint/prefer-promise-reject-errors': 'error',
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    // A branded number is a number; the compiler refuses the minus of anything else.
    '@typescript-eslint/no-unsafe-unary-minus': 'off',
    // An interface of promises may be kept by a function that has nothing to wait for.
    '@typescript-eslint/require-await': 'off',
  },
};

/** "One file, one idea, at most 300 lines; one function, one screen." */
const size = {
  name: 'house/size',
  files: SOURCE,
  rules: {
    'max-lines': ['error', { max: 300 }],
    'max-depth': ['error', 4],
    complexity: ['error', { max: 20 }],
  },
};

const functionSize = {
  name: 'house/function-size',
  files: ['src/**/*.ts'],
  rules: { 'house/function-size': ['error', 60] },
};

const reasons = {
  name: 'house/reasons',
  files: SOURCE,
  rules: { 'house/assertion-says-why': 'error' },
};

/** A screen is a tree of elements, one line each; it is longer than a computation that is as easy to read. */
const screenFunctionSize = {
  name: 'house/screen-function-size',
  files: ['src/**/*.tsx'],
  rules: { 'house/function-size': ['error', 100] },
};

const tests = {
  name: 'house/tests',
  files: ['tests/**/*.ts', 'tests/**/*.tsx'],
  rules: {
    // The asymmetric matchers of the test runner are declared as `any`.
    '@typescript-eslint/no-unsafe-assignment': 'off',
  },
};

/** The launchers must parse on Node 12, so that an old Node gets a sentence and not a syntax error. */
const launchers = {
  name: 'house/launchers',
  files: ['bin/**/*.mjs'],
  languageOptions: { ecmaVersion: 2020 },
  rules: {
    'no-var': 'off',
    'no-restricted-syntax': [
      'error',
      { selector: 'ChainExpression', message: 'Node 12 cannot read `?.`.' },
      { selector: 'LogicalExpression[operator="??"]', message: 'Node 12 cannot read `??`.' },
      {
        selector: 'Program > ExpressionStatement > AwaitExpression',
        message: 'Node 12 cannot await at the top level.',
      },
      { selector: 'ImportDeclaration[source.value=/^node:/]', message: 'Node 12 does not know `node:` names.' },
    ],
  },
};

export default defineConfig([
  globalIgnores([
    'out/',
    'dist/',
    'data/',
    'coverage/',
    'test-results/',
    'playwright-report/',
    'resources/',
    '.stryker-tmp/',
  ]),
  everywhere,
  typed,
  size,
  functionSize,
  reasons,
  screenFunctionSize,
  tests,
  launchers,
  ...fenceConfigs,
]);
