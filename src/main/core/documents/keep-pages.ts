import type { Refusal } from '../../../contract/errors.ts';
import type { KeptPage, Quad } from '../../../contract/views-documents.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import { storageRefusalOf } from '../db/storage-refusal.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort, LogPort, RandomPort } from '../ports.ts';
import { keptPageOf, type PageRow, readPagesOf } from './document-store.ts';
import { wholeFile } from './intake-service.ts';
import type { Intake, IntakeTray } from './intake-tray.ts';
import type { PageDesk, PageRefusal } from './page-desk.ts';
import type { PageFiles } from './page-files.ts';
import { type Admission, type AdmissionRefusal, admitPage, type Surroundings } from './page-rules.ts';
import type { PageViews } from './page-views.ts';
import { findReplaced, type PreparedPage, preparePage, writePages } from './prepared-page.ts';
import { findRepeated } from './repeated-page.ts';

/** What of a file is to be kept, and as which paper. */
export type KeepAsked = {
  readonly intakeId: string;
  readonly kind: string;
  readonly pages: readonly {
    readonly pageNo: number;
    readonly quad: Quad | null;
    readonly turn: 0 | 90 | 180 | 270;
  }[];
  readonly replaces: string | null;
  readonly evenIfRepeated: boolean;
};

type KeepRefusal =
  | PageRefusal
  | AdmissionRefusal
  | StorageRefusal
  | Refusal<'INTAKE_UNKNOWN' | 'DOCUMENT_KIND_UNKNOWN' | 'PAGE_REPEATED' | 'PAGE_UNKNOWN'>;

export type KeepResult = Result<{ readonly pages: KeptPage[] }, KeepRefusal>;

export type KeepDeps = Surroundings & {
  readonly db: Db;
  readonly journal: Journal;
  readonly desk: PageDesk;
  readonly tray: IntakeTray;
  readonly files: PageFiles;
  readonly views: PageViews;
  readonly cipher: ColumnCipher;
  readonly random: RandomPort;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly now: () => number;
};

type Admitted = { readonly admission: Admission; readonly replaced: PageRow | null };

/**
 * Keeps pages of a file: "Write to a temporary file, fsync, rename, fsync the folder, then the row" (OPOP-Sync/1 10.2). What is
 * cut off before the commit is a file without a row, which the next start removes; nothing of it was ever promised.
 */
export function createKeepPages(deps: KeepDeps): (signIn: SignIn, asked: KeepAsked) => Promise<KeepResult> {
  const { db, journal, desk, tray, files, views, random, events, log, now } = deps;

  const admit = async (
    tx: ReadTx,
    intake: Intake,
    asked: KeepAsked,
    freeDiskBytes: number | null,
  ): Promise<Result<Admitted, KeepRefusal>> => {
    const { stream } = intake;
    const replaced = asked.replaces === null ? null : await findReplaced(tx, stream, asked.replaces);
    if (replaced === undefined) return err({ code: 'PAGE_UNKNOWN' });
    const more = asked.pages.length - (replaced === null ? 0 : 1);
    const admission = await admitPage(tx, { stream, pages: more, nowMs: now(), freeDiskBytes }, deps);
    if (!admission.ok) return admission;
    if (!(await deps.knowsKind(tx, stream, asked.kind))) return err({ code: 'DOCUMENT_KIND_UNKNOWN' });
    // After the end of a service only the page that is asked for again may come.
    const isAwaited = replaced?.state === 'missing' || replaced?.state === 'refused';
    if (!admission.value.isOpen && !isAwaited) return err({ code: 'TRANSACTION_CLOSED', details: { state: 'closed' } });
    return ok({ admission: admission.value, replaced });
  };

  const repeated = async (
    tx: ReadTx,
    intake: Intake,
    asked: KeepAsked,
    prepared: readonly Pick<PreparedPage, 'repeatIndex' | 'picture'>[],
  ): Promise<Result<void, KeepRefusal>> => {
    if (asked.evenIfRepeated) return ok(undefined);
    const others = (await readPagesOf(tx, intake.stream)).filter((row) => row.document_id !== asked.replaces);
    const twice = await findRepeated(tx, views, others, prepared);
    return twice === null ? ok(undefined) : err({ code: 'PAGE_REPEATED', details: twice });
  };

  const commit = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    intake: Intake,
    asked: KeepAsked,
    prepared: readonly PreparedPage[],
  ): Promise<Result<KeptPage[], KeepRefusal>> => {
    // The service may have been closed, or the page kept by another hand, while the picture was worked on.
    const admitted = await admit(tx, intake, asked, null);
    if (!admitted.ok) return admitted;
    const twice = await repeated(tx, intake, asked, prepared);
    if (!twice.ok) return twice;
    const { admission, replaced } = admitted.value;
    const { stream } = intake;
    const view = admission.isOpen
      ? await views.use(tx, stream, admission.policy.documentViewHours)
      : await views.closedView(tx, stream);
    await writePages(tx, append, { signIn, intake, kind: asked.kind, prepared, replaced, view, random, now: now() });
    const rows = await readPagesOf(tx, stream);
    const kept = new Set(prepared.map(({ sealed }) => sealed.documentId));
    const pages = rows.filter((row) => kept.has(row.document_id));
    return ok(pages.map((row) => keptPageOf(row, admission.isOpen)));
  };

  /** Writes the files first; what was written of a refused call is taken away again. */
  const store = async (
    prepared: readonly PreparedPage[],
    work: () => Promise<Result<KeptPage[], KeepRefusal>>,
  ): Promise<Result<KeptPage[], KeepRefusal>> => {
    const removeAll = async (): Promise<void> => {
      for (const { sealed } of prepared) await files.remove(sealed.documentId);
    };
    try {
      for (const { sealed } of prepared) await files.write(sealed.documentId, sealed.bytes);
    } catch (error) {
      await removeAll();
      const refusal = storageRefusalOf(error);
      if (refusal === undefined) throw error;
      log.write('error', 'pages.not-written', { code: refusal.code });
      return err(refusal);
    }
    const committed = await work();
    if (!committed.ok) await removeAll();
    return committed;
  };

  const settleIntake = async (asked: KeepAsked, done: Intake['done']): Promise<void> => {
    const length = tray.lengthOf(asked.intakeId) ?? 1;
    const isWhole = tray.noteKept(
      asked.intakeId,
      asked.pages.map(({ pageNo }) => pageNo),
      length,
    );
    if (!isWhole || done === null) return;
    // The page is safe; a scan that cannot be taken away is a note for the installer, no failure of the officer's.
    await done().catch(() => log.write('warn', 'pages.scan-not-removed'));
  };

  return async (signIn, asked) => {
    const intake = tray.find(asked.intakeId);
    if (intake === undefined) return err({ code: 'INTAKE_UNKNOWN' });
    const file = wholeFile(intake);
    if (!file.ok) return file;
    const freeDiskBytes = await files.freeBytes();
    const admitted = await db.read((tx) => admit(tx, intake, asked, freeDiskBytes));
    if (!admitted.ok) return admitted;
    const { sealingKey, policy } = admitted.value.admission;
    const prepared: PreparedPage[] = [];
    for (const page of asked.pages) {
      const picture = await desk.keep({ file: file.value, ...page, targetBytes: policy.pages.targetBytes });
      if (!picture.ok) return picture;
      prepared.push(await preparePage(deps, { intake, kind: asked.kind, page, picture: picture.value, sealingKey }));
    }
    const twice = await db.read((tx) => repeated(tx, intake, asked, prepared));
    if (!twice.ok) return twice;
    const kept = await store(prepared, () =>
      journal.record((tx, append) => commit(tx, append, signIn, intake, asked, prepared)),
    );
    if (!kept.ok) return kept;
    const old = admitted.value.replaced;
    if (old !== null && old.state !== 'missing' && old.state !== 'refused') await files.remove(old.document_id);
    await settleIntake(asked, intake.done);
    events.publish('documents');
    return ok({ pages: kept.value });
  };
}
