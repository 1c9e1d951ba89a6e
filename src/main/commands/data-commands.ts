import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { keyStatementSchema, voidedReceiptItemSchema } from '../../contract/feeds.ts';
import {
  checkReceipt,
  checkSlip,
  isVoidedHere,
  keyStoreKindOf,
  rootKeysOf,
  statusOfData,
  verifyData,
} from '../core/inspect.ts';
import { counterConfig } from '../counter-config.ts';
import { type Command, CommandRefusal, configFrom, optionalText, printLine, textOption, valueOf } from './command.ts';
import { openCounterDoor } from './counter-door.ts';

const DATA = { data: { type: 'string' } } as const;

const outboxSchema = z.object({
  unsent: z.int(),
  quarantined: z.int(),
  ackSeq: z.int(),
  lastContactAt: z.int().nullable(),
});

const sentSchema = z.object({ stillRunning: z.boolean() });

/** Waits between two rounds of `loket sync`. */
const ROUND_PAUSE_MS = 500;

export const syncCommand: Command = {
  name: 'sync',
  usage: 'loket sync --data DIR [--once] [--timeout S]',
  summary: 'pushes and pulls until nothing is unsent, and prints where the outbox stands',
  example: 'npm run -s loket -- sync --data data/counter --timeout 30',
  options: { ...DATA, once: { type: 'boolean' }, timeout: { type: 'string' } },
  run: async (options) => {
    const seconds = Number(optionalText(options, 'timeout') ?? '60');
    if (!Number.isFinite(seconds) || seconds <= 0) {
      throw new CommandRefusal('OPTION_WRONG', '--timeout is a number of seconds', ['timeout']);
    }
    const door = await openCounterDoor(await configFrom(options));
    const endAt = performance.now() + seconds * 1000;
    try {
      for (;;) {
        const sent = await door.call('outbox.send-now', {});
        const view = await door.call('outbox.figures', {});
        if (!view.ok) throw new CommandRefusal(view.error.code, 'the outbox cannot be read');
        const figures = outboxSchema.parse(view.value);
        const isOver = options['once'] === true || performance.now() >= endAt;
        // A counter with a screen answers within two seconds and goes on.
        const isDone = sent.ok && !sentSchema.parse(sent.value).stillRunning && figures.unsent === 0;
        if (isDone || isOver) {
          printLine({ ...figures, ...(sent.ok ? {} : { error: sent.error }) });
          return isDone ? 0 : 2;
        }
        await new Promise((resolve) => setTimeout(resolve, ROUND_PAUSE_MS));
      }
    } finally {
      await door.close();
    }
  },
};

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'loket verify --data DIR',
  summary:
    'checks chain, signatures, ledger lines, projections and marks; never writes; exit 2 when something is wrong',
  example: 'npm run -s loket -- verify --data data/counter',
  options: DATA,
  run: async (options) => {
    const report = valueOf(await verifyData(await configFrom(options), undefined));
    printLine(report);
    return report.ok ? 0 : 2;
  },
};

export const statusCommand: Command = {
  name: 'status',
  usage: 'loket status --data DIR [--unsent]',
  summary:
    'prints which device this is, where its journal stands and what waits; with --unsent only whether money or documents wait, exit 2 when they do',
  example: 'npm run -s loket -- status --data data/counter',
  options: { ...DATA, unsent: { type: 'boolean' } },
  run: async (options) => {
    const dataDir = textOption(options, 'data');
    if (options['unsent'] === true) {
      // For an uninstaller: no key is needed for it, and a folder in which nobody was enrolled holds nothing.
      const kind = keyStoreKindOf(dataDir) ?? 'demo';
      const found = await statusOfData(counterConfig({ dataDir, mode: 'normal', keyStoreKind: kind }));
      if (!found.ok && found.error.code === 'NOT_ENROLLED') {
        printLine({ unsent: 0, enrolled: false });
        return 0;
      }
      const { unsentMoney, pages } = valueOf(found);
      printLine({ unsent: unsentMoney, pages: pages.waiting, enrolled: true });
      return unsentMoney === 0 ? 0 : 2;
    }
    printLine(valueOf(await statusOfData(await configFrom(options))));
    return 0;
  },
};

const keysSchema = z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/)).min(1);
/** Items of feed `receipts-void`, as `province voids` prints them, or plain transaction ids. */
const voidsSchema = z.array(z.union([z.string(), voidedReceiptItemSchema]));
type Voids = z.infer<typeof voidsSchema>;

/** A paper names its transaction; the hash of its entry is for whoever has the journal. */
const isVoided = (voids: Voids, transactionId: string): boolean =>
  voids.some((item) => (typeof item === 'string' ? item : item.transactionId) === transactionId);

/** A text file of JSON, or a refusal that names the option. */
function readJson<T>(file: string, schema: z.ZodType<T>, option: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new CommandRefusal('FILE_WRONG', `--${option} names no file of the right form`, [option]);
  }
}

/** A text file with one JSON value on each line, or a refusal that names the option. */
function readLines<T>(file: string, schema: z.ZodType<T>, option: string): readonly T[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => schema.parse(JSON.parse(line)));
  } catch {
    throw new CommandRefusal('FILE_WRONG', `--${option} names no file of the right form`, [option]);
  }
}

async function readStdin(): Promise<string> {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const piece of process.stdin) text += String(piece);
  return text;
}

/** The verdict on a slip: it proves a day or a hand-over, no money, and is never voided. */
function printSlip(checked: ReturnType<typeof checkSlip>): 0 | 2 {
  if (!checked.ok) {
    printLine({ genuine: false, paper: 'slip', problem: checked.error });
    return 2;
  }
  const { statement, certificate } = checked.value;
  const { outletId } = certificate.certificate;
  printLine({ genuine: true, paper: 'slip', verdict: 'asli', statement, outletId });
  return 0;
}

export const verifyReceiptCommand: Command = {
  name: 'verify-receipt',
  usage: 'loket verify-receipt [--keys FILE] [--data DIR] [--voids FILE] [--revoked FILE] < qr.txt',
  summary:
    'checks the text of the QR of a receipt or a slip with public keys alone; exit 2 when it is not genuine or voided',
  example: 'npm run -s loket -- verify-receipt --keys root-keys.json < qr.txt',
  options: { ...DATA, keys: { type: 'string' }, voids: { type: 'string' }, revoked: { type: 'string' } },
  run: async (options) => {
    const keyFile = optionalText(options, 'keys');
    const rootKeys =
      keyFile === null ? valueOf(await rootKeysOf(await configFrom(options))) : readJson(keyFile, keysSchema, 'keys');
    const voidFile = optionalText(options, 'voids');
    const voids = voidFile === null ? [] : readJson(voidFile, voidsSchema, 'voids');
    const revokedFile = optionalText(options, 'revoked');
    const revoked = revokedFile === null ? [] : readLines(revokedFile, keyStatementSchema, 'revoked');
    const text = await readStdin();
    const slip = checkSlip(text, rootKeys, revoked);
    if (slip.ok || slip.error !== 'NOT_A_SLIP') return printSlip(slip);
    const checked = checkReceipt(text, rootKeys, revoked);
    if (!checked.ok) {
      printLine({ genuine: false, problem: checked.error });
      return 2;
    }
    const { statement, certificate } = checked.value;
    // Wherever a folder is named, also beside a key file, its counter has heard of voided papers.
    const hasFolder = optionalText(options, 'data') !== null;
    const heard = hasFolder && valueOf(await isVoidedHere(await configFrom(options), statement));
    const voided = isVoided(voids, statement.transactionId) || heard;
    printLine({
      genuine: true,
      voided,
      verdict: voided ? 'asli tetapi dibatalkan' : 'asli',
      statement,
      outletId: certificate.certificate.outletId,
    });
    return voided ? 2 : 0;
  },
};
