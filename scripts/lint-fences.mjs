// The third fence: raw APIs that are forbidden in a part of the house, with the replacement in the message.
// Each fence is a rule `house/<name>` of eslint.config.js; `tests/architecture/lint-fences.test.ts` breaks each on purpose.
// A selector is esquery over the syntax tree: https://eslint.org/docs/latest/extend/selectors
import { assertionReasonRule } from './assertion-reason-rule.mjs';
import { functionSizeRule } from './function-size-rule.mjs';

const SOURCE = ['src/**/*.ts', 'src/**/*.tsx'];
const DOMAIN = ['src/domain/**/*.ts'];
const CORE = ['src/main/core/**/*.ts'];
const RENDERER = ['src/renderer/**/*.ts', 'src/renderer/**/*.tsx'];
const TESTS = ['tests/**/*.ts', 'tests/**/*.tsx'];
const PORTS = ['src/main/core/ports.ts', 'src/main/core/ports/**', 'src/main/core/device/system-ports.ts'];
const CONFIG = ['src/**/config.ts', 'src/**/config/**'];

const call = (...names) => names.map((name) => `CallExpression[callee.name="${name}"]`);
const callOn = (object, ...names) =>
  names.map((name) => `CallExpression[callee.object.name="${object}"][callee.property.name="${name}"]`);
const member = (object, name) => `MemberExpression[object.name="${object}"][property.name="${name}"]`;
const importOf = (pattern) => `ImportDeclaration[source.value=${pattern}]`;

const purity = [
  {
    name: 'no-clock',
    files: [...DOMAIN, ...CORE, 'src/contract/**/*.ts'],
    ignores: PORTS,
    message: 'This code has no clock of its own. Take `now` as an argument, or ask the clock of the ports.',
    selectors: [
      ...callOn('Date', 'now'),
      'NewExpression[callee.name="Date"][arguments.length=0]',
      ...call('Date'),
      member('Temporal', 'Now'),
      ...callOn('performance', 'now'),
    ],
  },
  {
    name: 'no-chance',
    files: [...DOMAIN, ...CORE, 'src/contract/**/*.ts'],
    ignores: PORTS,
    message: 'This code has no chance of its own. Take the id or the number as an argument, or ask the ports.',
    selectors: [
      member('Math', 'random'),
      ...call('randomUUID', 'randomInt'),
      'MemberExpression[property.name=/^(randomUUID|randomInt|getRandomValues)$/]',
      importOf('"uuid"'),
    ],
  },
  {
    name: 'no-host-date',
    files: DOMAIN,
    message:
      "The domain counts in Asia/Jakarta days, whatever the machine's clock says. Use LocalDate (local-date.ts).",
    selectors: ['NewExpression[callee.name="Date"][arguments.length>0]', ...callOn('Date', 'parse', 'UTC')],
  },
  {
    name: 'no-timer',
    files: CORE,
    // The loop has the one wait of the core; the simulation turns its rounds instead of waiting.
    ignores: [...PORTS, 'src/main/core/sync/sync-loop.ts'],
    message: 'The core does not wait: it is asked. What comes round again is a round of sync/sync-loop.ts.',
    selectors: [...call('setTimeout', 'setInterval', 'setImmediate'), importOf('/^(node:)?timers/')],
  },
  {
    name: 'no-float-money',
    files: [...DOMAIN, ...CORE, 'src/province/**/*.ts'],
    message: 'Money is whole rupiah and rates are exact decimals. Use parseRupiah or the exact-decimal library.',
    selectors: [
      ...call('parseFloat'),
      ...callOn('Number', 'parseFloat'),
      'CallExpression[callee.property.name="toFixed"]',
    ],
  },
];

const edges = [
  {
    name: 'no-environment',
    files: SOURCE,
    ignores: CONFIG,
    message: 'Only config reads the environment: one place says which settings exist. Take the value from the config.',
    selectors: [member('process', 'env'), `${importOf('/^(node:)?process$/')} > ImportSpecifier[imported.name="env"]`],
  },
  {
    name: 'no-network',
    files: [...CORE, ...RENDERER],
    ignores: ['src/main/core/sync/server-client.ts', 'src/renderer/app/host-bridge.ts', ...PORTS],
    message:
      'The core speaks to the province in sync/server-client.ts, a screen to its host in app/host-bridge.ts. Call those.',
    selectors: [
      ...call('fetch'),
      'MemberExpression[property.name=/^(fetch|sendBeacon)$/][object.name=/^(globalThis|window|self|navigator)$/]',
      'NewExpression[callee.name=/^(WebSocket|EventSource|XMLHttpRequest)$/]',
    ],
  },
  {
    name: 'no-raw-transaction',
    files: CORE,
    ignores: ['src/main/core/db/**'],
    message: 'One commit per intention: use db.write, which rolls back on a refusal and on a throw.',
    selectors: ['CallExpression[callee.property.name=/^(transaction|startTransaction|beginTransaction)$/]'],
  },
  {
    name: 'no-shell-command',
    files: SOURCE,
    message: 'A shell would read names of people as commands. Use spawn or execFile with a list of arguments.',
    selectors: [
      `${importOf('/^(node:)?child_process$/')} > ImportSpecifier[imported.name=/^(exec|execSync)$/]`,
      'CallExpression[callee.name=/^(spawn|spawnSync|execFile|execFileSync)$/] Property[key.name="shell"][value.value=true]',
    ],
  },
  {
    name: 'no-open-external',
    files: SOURCE,
    ignores: ['src/main/shells/electron/window.ts'],
    message: 'An address that leaves the program passes the filter in shells/electron/window.ts. Use that.',
    selectors: ['CallExpression[callee.property.name="openExternal"]'],
  },
  {
    name: 'no-raw-ipc',
    files: SOURCE,
    ignores: ['src/main/shells/electron/bridge.ts', 'src/preload/index.ts'],
    message:
      'There is one channel, and its sender is checked in shells/electron/bridge.ts. Add a procedure to the contract.',
    selectors: ['MemberExpression[object.name=/^(ipcMain|ipcRenderer)$/]'],
  },
  {
    name: 'no-console',
    files: SOURCE,
    message:
      'stdout belongs to NDJSON and a log never names a person. Use the log (core/log.ts); a command line writes to process.stdout.',
    selectors: ['MemberExpression[object.name="console"]'],
  },
  {
    name: 'no-bare-builtin',
    files: [...SOURCE, ...TESTS],
    message: "Write Node's own modules with `node:`, so that no package can take their name.",
    selectors: [
      importOf(
        '/^(assert|buffer|child_process|crypto|dgram|dns|events|fs|http|https|net|os|path|process|stream|timers|tls|url|util|v8|vm|worker_threads|zlib)(\\u002F.+)?$/',
      ),
    ],
  },
];

const screens = [
  {
    name: 'no-raw-html',
    files: RENDERER,
    message: 'A name from the registry must never become markup. Let React write the text.',
    selectors: [
      'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
      'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
      'CallExpression[callee.property.name="insertAdjacentHTML"]',
    ],
  },
  {
    name: 'no-page-memory',
    files: RENDERER,
    // The secret of this start outlives a reload of its page; light or dark is a matter of the page alone.
    ignores: ['src/renderer/app/host-bridge.ts', 'src/renderer/app/display-preference.ts'],
    message:
      'The page keeps nothing: what must be remembered is a procedure of the contract, so that both shells have it.',
    selectors: [
      'Identifier[name=/^(localStorage|sessionStorage|indexedDB)$/]',
      'MemberExpression[object.name="document"][property.name="cookie"]',
    ],
  },
  {
    name: 'no-loose-text',
    files: ['src/renderer/**/*.tsx'],
    ignores: ['src/renderer/text/**'],
    message: 'Screen text lives in src/renderer/text/, where it can be read, checked and translated as a whole.',
    selectors: [
      'JSXText[value=/[A-Za-z]{2,}/]',
      'JSXAttribute[name.name=/^(label|title|placeholder|description|alt|aria-label|error)$/] > Literal[value=/[A-Za-z]{2,}/]',
    ],
  },
];

const style = [
  {
    name: 'no-module-state',
    files: SOURCE,
    message: 'Module-level state is shared by every test and every shell. Keep it in an object that createX returns.',
    selectors: [
      'Program > VariableDeclaration[kind=/^(let|var)$/]',
      'Program > ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]',
    ],
  },
  {
    name: 'no-open-switch',
    files: SOURCE,
    message: 'Every switch ends in `default:`; over a union it is `return assertNever(x)` (domain/result.ts).',
    selectors: ['SwitchStatement:not(:has(> SwitchCase[test=null]))'],
  },
  {
    name: 'no-enum',
    files: [...SOURCE, ...TESTS],
    message: 'No enums and no parameter properties: they are not erasable. Use a union of literals, and a field.',
    selectors: ['TSEnumDeclaration', 'TSParameterProperty', 'TSModuleDeclaration[kind="namespace"]'],
  },
  {
    name: 'no-bare-extension',
    files: [...SOURCE, ...TESTS],
    message: 'Node runs these files as they are: a relative import carries its extension (.ts, .tsx).',
    selectors: [
      '[type=/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration)$/][source.value=/^[.]{1,2}\\u002F/]:not([source.value=/[.](ts|tsx|mjs|cjs|js|css|json|svg|png|woff2)([?].*)?$/])',
    ],
  },
  {
    name: 'no-barrel',
    files: SOURCE,
    message: 'A barrel hides where a thing lives. Import it from its own file.',
    selectors: ['ExportAllDeclaration'],
  },
  {
    name: 'no-swallowed-error',
    files: [...SOURCE, ...TESTS],
    message: 'An error that nobody sees is a bug that nobody mends. Turn it into a Result, or let it fly.',
    selectors: [
      'CatchClause > BlockStatement[body.length=0]',
      'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > BlockStatement[body.length=0]',
    ],
  },
  {
    name: 'no-skipped-test',
    files: TESTS,
    message: 'A test runs or is deleted. Make it pass, or say in the report of the run why it could not be run.',
    selectors: [
      'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(skip|only|todo|fixme|skipIf|runIf|fails|fail)$/]',
      'MemberExpression[object.property.name=/^(describe|each|concurrent|sequential)$/][property.name=/^(skip|only|todo|fixme)$/]',
      ...call('xit', 'xdescribe', 'xtest', 'fit', 'fdescribe'),
    ],
  },
];

/** Every fence: `name`, the `files` it stands around (globs), `ignores` inside them, `selectors`, and the `message` with the replacement. */
export const fences = [...purity, ...edges, ...screens, ...style];

const fenceRule = (fence) => ({
  meta: { type: 'problem', docs: { description: fence.message }, schema: [] },
  create: (context) =>
    Object.fromEntries(
      fence.selectors.map((selector) => [selector, (node) => context.report({ node, message: fence.message })]),
    ),
});

/** The ESLint plugin that holds the fences as rules. */
export const fencePlugin = {
  meta: { name: 'house' },
  rules: {
    ...Object.fromEntries(fences.map((fence) => [fence.name, fenceRule(fence)])),
    'function-size': functionSizeRule,
    'assertion-says-why': assertionReasonRule,
  },
};

/** One configuration object per fence, each with its own files, so that no fence overwrites another. */
export const fenceConfigs = fences.map((fence) => ({
  name: `house/${fence.name}`,
  files: fence.files,
  ...(fence.ignores === undefined ? {} : { ignores: fence.ignores }),
  rules: { [`house/${fence.name}`]: 'error' },
}));
