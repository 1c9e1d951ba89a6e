// Who may import whom. Every rule is an error; its comment is the sentence a person reads when breaking it.
// `tests/architecture/law.test.ts` breaks each of them on purpose. A rule changes only with a decision record.

const SCREEN_PACKAGES = [
  'react',
  'react-dom',
  '@mantine/[^/]+',
  '@tabler/icons-react',
  '@tanstack/[^/]+',
  '@fontsource-variable/[^/]+',
  'recharts',
  'zxing-wasm',
];
const NETWORK_MODULES = '^(node:)?(http|https|http2|net|tls|dgram|dns|dns/promises)$';
const NETWORK_PACKAGES = '(^|/)node_modules/(undici|tus-js-client|ws|axios|got|node-fetch)/';
/** The tus client brings a network of its own; `page-sender.ts` gives it ours. */
const TUS_PACKAGE = '(^|/)node_modules/tus-js-client/';
const ENTRIES = '^src/main/[^/]+[.]ts$';
const WIRING = '^src/main/core/(app|counter[^/]*|dispatch|features|foundation|handlers[^/]*)([.]ts$|/)';

/** A path pattern for packages: `packages('zod')` matches whatever is resolved inside that package. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
// A relative path that leads nowhere is one mistake with one message: `no-undeclared-packages` has it.
const UNRESOLVED = '^[.]{1,2}/';
const ANY_PACKAGE = '(^|/)node_modules/';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const words = [
  rule(
    'domain-uses-only-itself',
    'The domain is pure: it knows no other part of the program. Move what you need into src/domain, or pass it in as a value.',
    { path: '^src/domain/' },
    { path: '^(src/(?!domain/)|tests/|bench/|resources/)' },
  ),
  rule(
    'domain-has-no-host',
    'The domain runs anywhere, so it uses nothing of Node. Take the bytes, the clock or the random number as an argument.',
    { path: '^src/domain/' },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'domain-has-two-libraries',
    'The domain may use one exact-decimal library (big.js) and one calendar library (temporal-polyfill), nothing else.',
    { path: '^src/domain/' },
    { path: ANY_PACKAGE, pathNot: packages('big[.]js', '@types/big[.]js', 'temporal-polyfill') },
  ),
  rule(
    'contract-uses-domain-only',
    'The contract is words for every side: it knows the domain and itself, no program.',
    { path: '^src/contract/' },
    { path: '^(src/(?!domain/|contract/)|tests/|bench/)' },
  ),
  rule(
    'contract-has-zod-only',
    'The contract is read by the screens too: zod and nothing else, no Node module.',
    { path: '^src/contract/' },
    { dependencyTypesNot: ['local'], pathNot: ['^src/', UNRESOLVED, packages('zod')] },
  ),
];

const core = [
  rule(
    'core-knows-no-shell',
    'The core runs the same in every shell: it knows no shell and no entry. Put what differs behind ShellPort in core/ports.',
    { path: '^src/main/core/' },
    { path: ['^src/main/shells/', ENTRIES] },
  ),
  rule(
    'service-knows-no-other-service',
    "A feature never calls another feature's service: use that feature's store inside your own db.write, or let the handler call both.",
    { path: '^src/main/core/([^/]+)/' },
    { path: '^src/main/core/[^/]+/.+-service[.]ts$', pathNot: '^src/main/core/$1/' },
  ),
  rule(
    'store-never-calls-up',
    'A store is the only SQL of its feature and calls nothing above it: no service, no loop, no wiring.',
    { path: '^src/main/core/.+-store[.]ts$' },
    { path: ['-service[.]ts$', '-loop[.]ts$', WIRING] },
  ),
  rule(
    'part-never-imports-the-wiring',
    'Only core/app and core/counter wire the parts. A part takes what it needs as an argument; it never imports them, dispatch or handlers.',
    { path: '^src/main/core/[^/]+/', pathNot: WIRING },
    { path: WIRING },
  ),
  rule(
    'kysely-only-in-db-and-stores',
    'SQL lives in core/db and in *-store.ts. Give the store a verb with a name and call that.',
    { path: '^src/main/', pathNot: ['^src/main/core/db/', '-store[.]ts$'] },
    { path: packages('kysely') },
  ),
  rule(
    'sqlite-binding-only-in-driver',
    'Only core/db/driver.ts knows the SQLite binding; the database is opened with WAL and then FULL. Use db.write and db.read.',
    { path: '^src/', pathNot: '^src/main/core/db/driver[.]ts$' },
    { path: [packages('better-sqlite3', '@types/better-sqlite3', 'sqlite3'), '^(node:)?sqlite$'] },
  ),
  rule(
    'network-only-in-server-client',
    'The counter talks to the province in core/sync/server-client.ts and nowhere else (a printer on a cable: core/printing/network-printer.ts; a look at who answers, which sends nothing: core/sync/line-probe.ts). Add a call there.',
    {
      path: '^src/main/core/',
      pathNot: '^src/main/core/(sync/(server-client|line-probe)|printing/network-printer)[.]ts$',
    },
    { path: [NETWORK_MODULES, NETWORK_PACKAGES], pathNot: TUS_PACKAGE },
  ),
  rule(
    'tus-only-over-our-own-line',
    'Only core/sync/page-sender.ts knows the tus client, and gives it our own line in place of its network. Send a page through the upload lane.',
    { path: '^src/main/', pathNot: '^src/main/core/sync/page-sender[.]ts$' },
    { path: TUS_PACKAGE },
  ),
];

const pages = [
  rule(
    'page-worker-knows-no-counter',
    'The page worker may be taken over by the file that it decodes: it knows the words, the grammar of what is read (core/reading) and itself, no key, no database, no line.',
    { path: '^src/main/pages/' },
    {
      path: [
        '^(src/(?!domain/|contract/|main/pages/|main/core/reading/)|tests/|bench/)',
        NETWORK_MODULES,
        NETWORK_PACKAGES,
      ],
    },
  ),
  rule(
    'decoding-in-the-page-worker-only',
    'A picture from outside is never decoded in the program that holds the keys. Ask the page desk (core/documents/page-desk.ts).',
    { path: '^src/main/', pathNot: '^src/main/pages/' },
    { path: packages('sharp', '@img/[^/]+', '@hyzyla/pdfium', 'tesseract.js', 'zxing-wasm') },
  ),
];

const shells = [
  rule(
    'shells-see-the-app-only',
    'A shell, a command or an entry sees app, its interface, inspect (for data at rest), ports and config of the core, nothing behind them. Let the app offer what you need.',
    { path: ['^src/main/(shells|commands|demo)/', ENTRIES] },
    { path: '^src/main/core/', pathNot: '^src/main/core/(app|app-interface|inspect|ports|config)([.]ts$|/)' },
  ),
  rule(
    'shell-knows-no-other-shell',
    'Two shells share a contract, not code: whatever both need belongs in the core or in its ports.',
    { path: '^src/main/shells/([^/]+)/' },
    { path: '^src/main/shells/', pathNot: '^src/main/shells/$1/' },
  ),
  rule(
    'main-knows-no-screen-and-no-province',
    'The counter program, its screens and the province share only the words (src/domain, src/contract). Speak over the bridge or the line.',
    { path: '^src/main/' },
    { path: '^(src/(renderer|preload|province)/|tests/|bench/)' },
  ),
  rule(
    'electron-in-its-shell-only',
    'Outside Electron require("electron") throws, so only shells/electron, its entry src/main/index.ts and the preload import it.',
    { path: '^src/', pathNot: ['^src/main/shells/electron/', '^src/main/index[.]ts$', '^src/preload/'] },
    { path: packages('electron') },
  ),
  rule(
    'preload-uses-electron-and-frames',
    'The preload runs beside the page: electron and the frames of the contract, no other file, no other package.',
    { path: '^src/preload/' },
    { pathNot: ['^src/preload/', '^src/contract/frames[.]ts$', packages('electron')] },
  ),
  rule(
    'preload-takes-types-only',
    'The sandboxed preload is one small file: `import type` from the contract, so that zod stays out of it.',
    { path: '^src/preload/' },
    { path: '^src/contract/', dependencyTypesNot: ['type-only'] },
  ),
];

const screens = [
  rule(
    'screens-use-the-words-only',
    'A screen knows the words (src/domain, src/contract) and other parts of src/renderer; everything else comes through the client.',
    { path: '^src/renderer/' },
    { path: '^(src/(?!domain/|contract/|renderer/)|tests/|bench/)' },
  ),
  rule(
    'screens-have-screen-packages',
    'The page has React and what screens need, no Node and no package of the programs. A new one is added to the list in .dependency-cruiser.cjs.',
    { path: '^src/renderer/' },
    {
      dependencyTypesNot: ['local'],
      pathNot: [
        '^src/',
        UNRESOLVED,
        packages(...SCREEN_PACKAGES),
        packages('@types/react', '@types/react-dom', 'vite'),
      ],
    },
  ),
  rule(
    'feature-knows-no-other-feature',
    'A screen never sees another screen: what two of them share belongs in src/renderer/ui or src/renderer/app.',
    { path: '^src/renderer/features/([^/]+)/' },
    { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
  ),
  rule(
    'ui-and-text-know-no-screen',
    'Building blocks and texts are used by screens and by the app, never the other way round.',
    { path: '^src/renderer/(ui|text)/' },
    { path: '^src/renderer/(features/|app/|main[.]tsx$)' },
  ),
];

const province = [
  rule(
    'province-uses-the-words-only',
    'The province shares words with the counter, not code: src/domain, src/contract and itself.',
    { path: '^src/province/' },
    { path: '^(src/(?!domain/|contract/|province/)|tests/|bench/)' },
  ),
];

const tools = [
  rule(
    'verifier-shares-nothing',
    'A second opinion is worth something only if it is another: tools/verify has its own file and Node, nothing of the product and no package.',
    { path: '^tools/' },
    { dependencyTypesNot: ['core'], pathNot: '^tools/' },
  ),
  rule(
    'nobody-imports-a-tool',
    'The product and its tests do not lean on the verifier: run it as a program, as an auditor does.',
    { path: '^(src|tests|bench)/' },
    { path: '^tools/' },
  ),
];

const everywhere = [
  rule(
    'migration-imports-kysely-only',
    'A migration must mean the same in ten years: it imports kysely and nothing of the program.',
    { path: '/db/migrations/[0-9]{4}-.+[.]ts$' },
    { pathNot: packages('kysely') },
  ),
  rule(
    'browser-tests-read-text-only',
    'End-to-end tests use the product as a person does: of the source they may read src/renderer/text/ only, of packages Playwright and axe.',
    { path: '^tests/(e2e|electron)/' },
    {
      dependencyTypesNot: ['core'],
      pathNot: [
        '^tests/(e2e|electron)/',
        '^src/renderer/text/',
        UNRESOLVED,
        packages('@playwright/test', 'playwright', 'playwright-core', '@axe-core/playwright'),
      ],
    },
  ),
  rule(
    'programs-run-from-dependencies',
    'Node runs src/main, src/province and their words as they are: a package they import is in `dependencies`, not in `devDependencies`.',
    { path: '^src/(domain|contract|main|province)/' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packages('electron', '@types/[^/]+') },
  ),
  rule(
    'no-undeclared-packages',
    'This import is not declared in package.json, or is found nowhere. Declare the package, or mend the path.',
    { path: '^(src|tests|bench)/' },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
  ),
  rule(
    'no-cycles',
    'Two files that need each other are one idea or three: move what both need into a file of its own.',
    { path: '^(src|tests|bench)/' },
    { circular: true },
  ),
  rule(
    'no-orphans',
    'Nobody uses this file and it uses nobody. Wire it in or delete it.',
    {
      path: '^(src|tests|bench)/',
      orphan: true,
      // A service worker is started by its address and imports nothing.
      pathNot: ['[.]d[.]ts$', '/db/migrations/', '^tests/.+[.]test[.]tsx?$', '/supervisor-page/page/worker[.]ts$'],
    },
    {},
  ),
];

module.exports = {
  forbidden: [...words, ...core, ...pages, ...shells, ...screens, ...province, ...tools, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types are words too: an `import type` across a border is a dependency like any other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    combinedDependencies: false,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
