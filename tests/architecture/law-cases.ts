/** One breach of one rule of `.dependency-cruiser.cjs`: the smallest tree of files in which that rule, and no other, is broken. */
export type LawCase = {
  readonly rule: string;
  readonly breach: string;
  readonly files: Readonly<Record<string, string>>;
};

const value = 'export const value = 1;\n';
const use = (path: string): string => `import { value } from '${path}';\nexport const used = value;\n`;
const useType = (path: string): string => `import type { Value } from '${path}';\nexport type Used = Value;\n`;
const type = 'export type Value = number;\n';
const wired = (...paths: readonly string[]): string => paths.map((path) => `import '${path}';\n`).join('');

export const lawCases: readonly LawCase[] = [
  {
    rule: 'domain-uses-only-itself',
    breach: 'a domain file reads a view of the contract',
    files: { 'src/domain/rupiah.ts': use('../contract/views.ts'), 'src/contract/views.ts': value },
  },
  {
    rule: 'domain-uses-only-itself',
    breach: 'a domain file takes a mere type from the core',
    files: { 'src/domain/rupiah.ts': useType('../main/core/ports.ts'), 'src/main/core/ports.ts': type },
  },
  {
    rule: 'domain-has-no-host',
    breach: 'a domain file hashes with Node',
    files: {
      'src/domain/receipt-number.ts': "import { createHash } from 'node:crypto';\nexport const h = createHash;\n",
    },
  },
  {
    rule: 'domain-has-two-libraries',
    breach: 'a domain file brings a third library',
    files: { 'src/domain/rule-pack.ts': use('zod') },
  },
  {
    rule: 'contract-uses-domain-only',
    breach: 'the contract reads a table of the core',
    files: { 'src/contract/views.ts': use('../main/core/db/schema.ts'), 'src/main/core/db/schema.ts': value },
  },
  {
    rule: 'contract-has-zod-only',
    breach: 'the contract uses a Node module',
    files: { 'src/contract/bundle.ts': "import { gzipSync } from 'node:zlib';\nexport const g = gzipSync;\n" },
  },
  {
    rule: 'contract-has-zod-only',
    breach: 'the contract uses a package of the programs',
    files: { 'src/contract/bundle.ts': use('pino') },
  },
  {
    rule: 'core-knows-no-shell',
    breach: 'the core opens a window itself',
    files: {
      'src/main/core/printing/print-queue.ts': use('../../shells/electron/window.ts'),
      'src/main/shells/electron/window.ts': value,
    },
  },
  {
    rule: 'core-knows-no-shell',
    breach: 'the core imports an entry',
    files: { 'src/main/core/log.ts': use('../host.ts'), 'src/main/host.ts': value },
  },
  {
    rule: 'service-knows-no-other-service',
    breach: "the transactions service calls the cash feature's service",
    files: {
      'src/main/core/transactions/transactions-service.ts': use('../cash/cash-service.ts'),
      'src/main/core/cash/cash-service.ts': value,
    },
  },
  {
    rule: 'store-never-calls-up',
    breach: "a store calls its own feature's service",
    files: {
      'src/main/core/cash/cash-store.ts': use('./cash-service.ts'),
      'src/main/core/cash/cash-service.ts': value,
    },
  },
  {
    rule: 'part-never-imports-the-wiring',
    breach: 'a service takes the app',
    files: { 'src/main/core/cash/cash-service.ts': use('../app.ts'), 'src/main/core/app.ts': value },
  },
  {
    rule: 'part-never-imports-the-wiring',
    breach: 'a feature reads the counter with all its services',
    files: { 'src/main/core/cash/count.ts': use('../counter.ts'), 'src/main/core/counter.ts': value },
  },
  {
    rule: 'part-never-imports-the-wiring',
    breach: 'a loop dispatches a call',
    files: { 'src/main/core/sync/sync-loop.ts': use('../dispatch.ts'), 'src/main/core/dispatch.ts': value },
  },
  {
    rule: 'kysely-only-in-db-and-stores',
    breach: 'a service writes SQL',
    files: { 'src/main/core/cash/cash-service.ts': use('kysely') },
  },
  {
    rule: 'sqlite-binding-only-in-driver',
    breach: 'the backup opens the database past the driver',
    files: { 'src/main/core/backup/backup-service.ts': use('better-sqlite3') },
  },
  {
    rule: 'sqlite-binding-only-in-driver',
    breach: "a store uses Node's own SQLite",
    files: {
      'src/main/core/cash/cash-store.ts':
        "import { DatabaseSync } from 'node:sqlite';\nexport const d = DatabaseSync;\n",
    },
  },
  {
    rule: 'network-only-in-server-client',
    breach: 'the push opens a connection of its own',
    files: { 'src/main/core/sync/push.ts': "import { request } from 'node:https';\nexport const r = request;\n" },
  },
  {
    rule: 'network-only-in-server-client',
    breach: 'the upload brings its own client package',
    files: { 'src/main/core/sync/upload.ts': use('undici') },
  },
  {
    rule: 'tus-only-over-our-own-line',
    breach: 'the lane sends pages past the line',
    files: { 'src/main/core/sync/upload-lane.ts': use('tus-js-client') },
  },
  {
    rule: 'shells-see-the-app-only',
    breach: 'a shell reads a store',
    files: {
      'src/main/shells/browser/http-server.ts': use('../../core/cash/cash-store.ts'),
      'src/main/core/cash/cash-store.ts': value,
    },
  },
  {
    rule: 'shells-see-the-app-only',
    breach: 'the command line reads the journal behind the app',
    files: {
      'src/main/cli.ts': use('./core/journal/journal-store.ts'),
      'src/main/core/journal/journal-store.ts': value,
    },
  },
  {
    rule: 'shell-knows-no-other-shell',
    breach: "the Electron shell borrows the browser shell's server",
    files: {
      'src/main/shells/electron/window.ts': use('../browser/http-server.ts'),
      'src/main/shells/browser/http-server.ts': value,
    },
  },
  {
    rule: 'main-knows-no-screen-and-no-province',
    breach: 'the core uses a screen text',
    files: { 'src/main/core/log.ts': use('../../renderer/text/id.ts'), 'src/renderer/text/id.ts': value },
  },
  {
    rule: 'main-knows-no-screen-and-no-province',
    breach: "the core borrows the province's ingest",
    files: {
      'src/main/core/sync/push.ts': use('../../../province/ingest/ingest.ts'),
      'src/province/ingest/ingest.ts': value,
    },
  },
  {
    rule: 'electron-in-its-shell-only',
    breach: 'the browser shell imports electron',
    files: { 'src/main/shells/browser/browser.ts': use('electron') },
  },
  {
    rule: 'electron-in-its-shell-only',
    breach: 'the core imports electron',
    files: { 'src/main/core/device/key-store.ts': use('electron') },
  },
  {
    rule: 'preload-uses-electron-and-frames',
    breach: 'the preload reads a file with Node',
    files: { 'src/preload/index.ts': "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;\n" },
  },
  {
    rule: 'preload-uses-electron-and-frames',
    breach: 'the preload knows a domain word',
    files: { 'src/preload/index.ts': useType('../domain/rupiah.ts'), 'src/domain/rupiah.ts': type },
  },
  {
    rule: 'preload-takes-types-only',
    breach: 'the preload takes a schema, and zod with it',
    files: { 'src/preload/index.ts': use('../contract/frames.ts'), 'src/contract/frames.ts': value },
  },
  {
    rule: 'screens-use-the-words-only',
    breach: 'a screen imports a service of the core',
    files: {
      'src/renderer/features/cash/CashScreen.tsx': use('../../../main/core/cash/cash-service.ts'),
      'src/main/core/cash/cash-service.ts': value,
    },
  },
  {
    rule: 'screens-have-screen-packages',
    breach: 'a screen uses a Node module',
    files: { 'src/renderer/app/client.ts': "import { join } from 'node:path';\nexport const j = join;\n" },
  },
  {
    rule: 'screens-have-screen-packages',
    breach: 'a screen uses a package of the programs',
    files: { 'src/renderer/app/client.ts': use('fastify') },
  },
  {
    rule: 'feature-knows-no-other-feature',
    breach: 'the pay screen borrows from the history screen',
    files: {
      'src/renderer/features/pay/PayScreen.tsx': use('../history/HistoryRow.tsx'),
      'src/renderer/features/history/HistoryRow.tsx': value,
    },
  },
  {
    rule: 'ui-and-text-know-no-screen',
    breach: 'a building block knows a screen',
    files: {
      'src/renderer/ui/Money.tsx': use('../features/pay/PayScreen.tsx'),
      'src/renderer/features/pay/PayScreen.tsx': value,
    },
  },
  {
    rule: 'ui-and-text-know-no-screen',
    breach: 'a text knows the app',
    files: { 'src/renderer/text/id.ts': use('../app/client.ts'), 'src/renderer/app/client.ts': value },
  },
  {
    rule: 'province-uses-the-words-only',
    breach: "the province borrows the counter's hash chain",
    files: {
      'src/province/ingest/ingest.ts': use('../../main/core/journal/hash-chain.ts'),
      'src/main/core/journal/hash-chain.ts': value,
    },
  },
  {
    rule: 'migration-imports-kysely-only',
    breach: 'a migration uses a word of the domain that will change',
    files: {
      'src/main/core/db/migrations/0001-journal.ts': use('../../../../domain/rupiah.ts'),
      'src/domain/rupiah.ts': value,
    },
  },
  {
    rule: 'browser-tests-read-text-only',
    breach: 'an end-to-end test looks into the core',
    files: { 'tests/e2e/pay.test.ts': use('../../src/main/core/app.ts'), 'src/main/core/app.ts': value },
  },
  {
    rule: 'browser-tests-read-text-only',
    breach: 'an end-to-end test reads the database',
    files: { 'tests/e2e/pay.test.ts': use('better-sqlite3') },
  },
  {
    rule: 'programs-run-from-dependencies',
    breach: 'the province uses a package that only builders install',
    files: { 'src/province/index.ts': use('vite') },
  },
  {
    rule: 'verifier-shares-nothing',
    breach: 'the verifier takes the hash of the product',
    files: {
      'tools/verify/verify.mjs': use('../../src/contract/journal-entry.ts'),
      'src/contract/journal-entry.ts': use('zod'),
    },
  },
  {
    rule: 'verifier-shares-nothing',
    breach: 'the verifier uses a package of the product',
    files: { 'tools/verify/verify.mjs': use('canonicalize') },
  },
  {
    rule: 'nobody-imports-a-tool',
    breach: 'the product checks itself with the second opinion',
    files: {
      'src/main/core/inspect.ts': use('../../../tools/verify/verify.mjs'),
      'tools/verify/verify.mjs': use('node:crypto'),
    },
  },
  {
    rule: 'page-worker-knows-no-counter',
    breach: 'the page worker opens the database',
    files: { 'src/main/pages/look-page.ts': use('../core/db/open.ts'), 'src/main/core/db/open.ts': value },
  },
  {
    rule: 'page-worker-knows-no-counter',
    breach: 'the page worker speaks to the world',
    files: { 'src/main/pages/look-page.ts': "import { get } from 'node:https';\nexport const g = get;\n" },
  },
  {
    rule: 'decoding-in-the-page-worker-only',
    breach: 'the core decodes a picture itself',
    files: { 'src/main/core/documents/keep-pages.ts': "import sharp from 'sharp';\nexport const s = sharp;\n" },
  },
  {
    rule: 'no-undeclared-packages',
    breach: 'a file uses a package nobody declared',
    files: { 'src/province/index.ts': use('left-pad') },
  },
  {
    rule: 'no-undeclared-packages',
    breach: 'a file imports a path that leads nowhere',
    files: { 'src/renderer/app/client.ts': use('./gone.ts') },
  },
  {
    rule: 'no-cycles',
    breach: 'two files of a feature need each other',
    files: {
      'src/main/core/cash/a.ts': "import { b } from './b.ts';\nexport const a = (): number => b();\n",
      'src/main/core/cash/b.ts': "import { a } from './a.ts';\nexport const b = (): number => a();\n",
    },
  },
  {
    rule: 'no-orphans',
    breach: 'a file that nobody uses and that uses nobody',
    files: { 'src/main/core/cash/left-over.ts': value },
  },
];

/** A small house in which every rule is kept, with the dependencies the law allows: a law that forbids everything would fail here. */
export const lawfulHouse: Readonly<Record<string, string>> = {
  'src/domain/rupiah.ts': value,
  'src/domain/assessment.ts': use('./rupiah.ts'),
  'src/contract/frames.ts': `import '../domain/assessment.ts';\nimport { z } from 'zod';\n${type}${value}export const schema = z;\n`,
  'src/main/core/ports.ts': use('../../contract/frames.ts'),
  'src/main/core/config.ts': wired('./ports.ts'),
  'src/main/core/db/driver.ts': wired('better-sqlite3', 'kysely'),
  'src/main/core/db/open.ts': wired('./driver.ts', './migrations/0001-journal.ts'),
  'src/main/core/db/migrations/0001-journal.ts': wired('kysely'),
  'src/main/core/cash/cash-store.ts': wired('kysely', '../db/open.ts'),
  'src/main/core/transactions/transactions-service.ts': wired('../cash/cash-store.ts', '../ports.ts', 'node:crypto'),
  'src/main/core/sync/server-client.ts': wired('node:https'),
  'src/main/core/printing/network-printer.ts': wired('node:net'),
  'src/main/core/app-interface.ts': wired('./ports.ts'),
  'src/main/core/handlers.ts': wired('./transactions/transactions-service.ts', './cash/cash-service.ts'),
  'src/main/core/cash/cash-service.ts': wired('./cash-store.ts'),
  'src/main/core/app.ts': wired(
    './handlers.ts',
    './config.ts',
    './sync/server-client.ts',
    './printing/network-printer.ts',
  ),
  'src/main/pages/page-worker.ts': wired('sharp', '../../contract/frames.ts', '../core/reading/find-fields.ts'),
  'src/main/core/reading/find-fields.ts': wired('../../../domain/assessment.ts'),
  'src/main/shells/electron/window.ts': wired('electron', '../../core/app.ts', '../../core/app-interface.ts'),
  'src/main/shells/browser/http-server.ts': wired('node:http', '../../core/app.ts', '../../core/ports.ts'),
  'src/main/index.ts': wired('electron', './shells/electron/window.ts', './core/app.ts', './core/config.ts'),
  'src/main/host.ts': wired('./shells/browser/http-server.ts', './core/app.ts'),
  'src/preload/index.ts': `import 'electron';\n${useType('../contract/frames.ts')}`,
  'src/renderer/main.tsx': wired('react', './features/pay/PayScreen.tsx'),
  'src/renderer/text/id.ts': wired('../../domain/rupiah.ts'),
  'src/renderer/ui/Money.tsx': wired('../text/id.ts', '@mantine/core'),
  'src/renderer/features/pay/PayScreen.tsx': wired('../../ui/Money.tsx', '../../text/id.ts'),
  'src/province/index.ts': wired('pg', 'fastify', '../domain/assessment.ts', '../contract/frames.ts'),
  'tools/verify/verify.mjs': wired('node:crypto', 'node:fs'),
  'tests/e2e/pay.test.ts': wired('@playwright/test', '../../src/renderer/text/id.ts'),
};
