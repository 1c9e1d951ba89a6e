import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import {
  type MachineStep,
  type SelfTestNote,
  type StepFinding,
  type StepResult,
  type SelfTestStep,
  stepResultSchema,
} from '../../../contract/self-test.ts';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { writeDurably } from '../db/durable-file.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { fileFault, mediumReason } from '../db/medium-fault.ts';
import { deskCardPdf } from '../printing/desk-card-pdf.ts';
import { handFinding } from './hand-steps.ts';
import { measuredPrinter } from './printer-step.ts';
import { selfTestSheet, type SheetOwner } from './self-test-sheet.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step, type Stopwatch } from './step.ts';

const SETTING = 'self-test';

type Written = { readonly file: string; readonly bytes: number };

/** *Uji mandiri*: steps of this computer, one at a time; their newest results are kept for the hand-over. */
export type SelfTestService = {
  readonly results: () => Promise<readonly StepResult[]>;
  readonly run: (step: MachineStep) => Promise<Result<StepResult, StorageRefusal>>;
  readonly note: (noted: SelfTestNote) => Promise<Result<StepResult, Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>>;
  /** Writes the sheet of the hand-over; `to` null is a folder beside the data. */
  readonly save: (to: string | null) => Promise<Result<Written, Refusal<'EXPORT_FAILED'>>>;
  /** Writes the card for the desk, as `loket desk-card` does. */
  readonly deskCard: (to: string | null) => Promise<Result<Written, Refusal<'EXPORT_FAILED'>>>;
  readonly diagnostics: (to: string | null) => Promise<Result<Written, Refusal<'EXPORT_FAILED'>>>;
};

type Deps = {
  readonly db: Pick<Db, 'read' | 'write'>;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly monoMs: Stopwatch;
  readonly now: () => number;
  readonly steps: Readonly<Record<MachineStep, Step>>;
  /** The list of printers, and the list with what was read off a ruler page. */
  readonly printing: {
    readonly printers: () => Promise<readonly PrinterView[]>;
    readonly setPrinters: (
      printers: readonly PrinterView[],
    ) => Promise<Result<readonly PrinterView[], Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>>;
  };
  readonly owner: Omit<SheetOwner, 'writtenAt'> & { readonly outletId: string };
  readonly ownFolder: string;
  /** Where citizens complain, by the policy; empty where it names no number. */
  readonly complaintPhone: () => Promise<string>;
  /** Facts of this computer and its counter, without a person. */
  readonly describe: () => Promise<object>;
};

export function createSelfTestService(deps: Deps): SelfTestService {
  const { db, events, log, monoMs, now, owner } = deps;
  // One step at a time: two that measure the same disk would measure each other.
  const turns: { last: Promise<unknown> } = { last: Promise.resolve() };

  const results = async (): Promise<readonly StepResult[]> => {
    const text = await db.read((tx) => findSetting(tx, SETTING));
    return text === undefined ? [] : z.array(stepResultSchema).parse(JSON.parse(text));
  };

  const keep = async (
    step: SelfTestStep,
    finding: StepFinding,
    tookMs: number,
  ): Promise<Result<StepResult, StorageRefusal>> => {
    const result: StepResult = { ...finding, step, at: Math.floor(now()), tookMs: Math.max(0, Math.round(tookMs)) };
    const others = (await results()).filter((one) => one.step !== step);
    const written = await db.write(async (tx) => {
      await putSetting(tx, SETTING, JSON.stringify([...others, result]));
      return ok(undefined);
    });
    if (!written.ok) return written;
    log.write(finding.succeeded ? 'info' : 'warn', 'self-test.step', { step, succeeded: finding.succeeded });
    events.publish('device');
    return ok(result);
  };

  const look = async (step: MachineStep): Promise<StepFinding> => {
    try {
      return await deps.steps[step]();
    } catch (fault) {
      // A step that breaks off is a finding, not the end of the test: the disk is full, the medium was pulled.
      log.write('error', 'self-test.broken', { step, code: fileFault(fault) });
      return found(false, say('failed', fileFault(fault)), { fault: fileFault(fault) });
    }
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turns.last.then(work);
    turns.last = next.catch(() => undefined); // whoever asked gets the error; the next one goes on
    return next;
  };

  const measured = async (
    noted: Extract<SelfTestNote, { step: 'printer' }>,
  ): Promise<Result<StepFinding, Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>> => {
    const seen = measuredPrinter(await deps.printing.printers(), noted);
    if (seen === undefined) return err({ code: 'PRINTER_UNKNOWN', path: ['printerId'] });
    const set = await deps.printing.setPrinters(seen.printers);
    return set.ok ? ok(seen.finding) : set;
  };

  const write = async (
    to: string | null,
    name: string,
    content: () => Promise<Uint8Array>,
  ): Promise<Result<Written, Refusal<'EXPORT_FAILED'>>> => {
    try {
      if (to === null) await mkdir(deps.ownFolder, { recursive: true, mode: 0o700 });
      const bytes = await content();
      const file = join(to ?? deps.ownFolder, name);
      await writeDurably(file, bytes);
      return ok({ file, bytes: bytes.length });
    } catch (fault) {
      return err({ code: 'EXPORT_FAILED', details: { reason: mediumReason(fault) } });
    }
  };
  const nameOf = (kind: string, ending: string): string =>
    `${kind}-${owner.outletId}-${String(owner.deviceNo)}-${localDateAt(now())}.${ending}`;

  return {
    results,
    run: (step) =>
      inTurn(async () => {
        const startedAt = monoMs();
        const finding = await look(step);
        return await keep(step, finding, monoMs() - startedAt);
      }),
    note: (noted) =>
      inTurn(async () => {
        if (noted.step !== 'printer') return await keep(noted.step, handFinding(noted), 0);
        const finding = await measured(noted);
        return finding.ok ? await keep('printer', finding.value, 0) : finding;
      }),
    save: async (to) =>
      await write(to, nameOf('serah-terima', 'pdf'), async () =>
        selfTestSheet(await results(), { ...owner, writtenAt: now() }),
      ),
    deskCard: async (to) =>
      await write(to, `kartu-meja-${owner.outletId}.pdf`, async () =>
        deskCardPdf({ ...owner, complaintPhone: await deps.complaintPhone() }),
      ),
    diagnostics: async (to) =>
      await write(to, nameOf('diagnosa', 'json'), async () => {
        const facts = { writtenAt: now(), selfTest: await results(), ...(await deps.describe()) };
        return Buffer.from(`${JSON.stringify(facts, null, 1)}\n`);
      }),
  };
}
