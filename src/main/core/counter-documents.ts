import { DEPOSIT_SLIP_KIND } from '../../contract/views-cash.ts';
import { findDepositedAt } from './cash/deposit-store.ts';
import { wireReading } from './counter-reading.ts';
import { findFileById } from './cases/case-file-store.ts';
import { isRefundPaper, refundStreamState } from './cases/refund-papers.ts';
import { findApplication } from './applications/application-store.ts';
import type { ReadTx } from './db/open.ts';
import { readPagesOf } from './documents/document-store.ts';
import { EMERGENCY_PAGE_KIND } from './emergency/confirm-sheet.ts';
import { findSheetOf } from './emergency/emergency-store.ts';
import { createDocumentsService } from './documents/documents-service.ts';
import { createIntakeService } from './documents/intake-service.ts';
import { createIntakeTray } from './documents/intake-tray.ts';
import { createKeepPages } from './documents/keep-pages.ts';
import { createPageDesk } from './documents/page-desk.ts';
import { createPageFiles } from './documents/page-files.ts';
import type { StreamState, Surroundings } from './documents/page-rules.ts';
import { createPageViews } from './documents/page-views.ts';
import { closeEndedViews, recoverPages } from './documents/recover-pages.ts';
import type { DocumentFeatures } from './features.ts';
import type { Foundation } from './foundation.ts';
import { getAnnualTax } from './services/service-store.ts';
import { findDraft } from './transactions/draft-store.ts';

/** A bank's slip is photographed within a month of the deposit. */
const SLIP_OPEN_MS = 31 * 86_400_000;
/** How often view keys are looked at that have ended by the clock. */
const LOOK_EVERY_MS = 10 * 60_000;

/** Where the streams of pages stand: transactions and applications are features of their own. */
function surroundings(foundation: Pick<Foundation, 'cipher' | 'timekeeper' | 'journal' | 'subjectKeys'>): Surroundings {
  const { cipher, timekeeper } = foundation;
  const streamState = async (tx: ReadTx, stream: string): Promise<StreamState> => {
    const draft = await findDraft(tx, cipher, stream);
    if (draft !== undefined) return draft.state === 'open' ? 'open' : 'closed';
    const sheet = await findSheetOf(tx, stream);
    if (sheet !== undefined) return sheet.state === 'open' ? 'open' : 'closed';
    const depositedAt = await findDepositedAt(tx, stream);
    if (depositedAt !== undefined) return timekeeper.now() - depositedAt < SLIP_OPEN_MS ? 'open' : 'closed';
    const ofCase = await refundStreamState(tx, foundation, stream);
    if (ofCase !== undefined) return ofCase;
    const application = await findApplication(tx, cipher, stream);
    if (application === undefined) return 'unknown';
    return application.state === 'draft' || application.state === 'incomplete' ? 'open' : 'closed';
  };
  return {
    streamState,
    knowsKind: async (tx, stream, kind) => {
      if ((await findSheetOf(tx, stream)) !== undefined) return kind === EMERGENCY_PAGE_KIND;
      if ((await findDepositedAt(tx, stream)) !== undefined) return kind === DEPOSIT_SLIP_KIND;
      if ((await findFileById(tx, stream)) !== undefined) return isRefundPaper(kind);
      const service = (await findApplication(tx, cipher, stream))?.service ?? (await getAnnualTax(tx));
      // A page that is asked for again keeps the name of its paper, whatever a newer pack says.
      const isKnown = service.documents.some((rule) => rule.kind === kind);
      return isKnown || (await readPagesOf(tx, stream)).some((row) => row.kind === kind);
    },
  };
}

/** Wires the pages of papers: a worker to look with, a tray in memory, a folder of sealed files, and the keys to show them. */
export function wireDocuments(foundation: Foundation): DocumentFeatures {
  const { config, clock, timekeeper, startPageWorker, wait } = foundation;
  const now = timekeeper.now;
  const files = createPageFiles(config.dataDir, foundation.log);
  const desk = createPageDesk({ start: startPageWorker, wait, log: foundation.log });
  const parts = {
    ...foundation,
    ...surroundings(foundation),
    now,
    wallMs: clock.wallMs,
    files,
    desk,
    tray: createIntakeTray(now),
    views: createPageViews({ ...foundation, now }),
  };
  const stopping = new AbortController();
  const watchViews = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await wait(LOOK_EVERY_MS, stopping.signal);
      if (!stopping.signal.aborted) await closeEndedViews(parts);
    }
  };
  let watching: Promise<void> = Promise.resolve();
  const { stop: stopReading, ...reading } = wireReading(foundation);
  return {
    ...reading,
    pageFiles: files,
    intake: createIntakeService(parts),
    keepPages: createKeepPages(parts),
    documents: createDocumentsService(parts),
    pagesLife: {
      start: async () => {
        await recoverPages(parts);
        watching = watchViews();
      },
      stop: async () => {
        stopping.abort();
        await Promise.all([desk.stop(), stopReading()]);
        await watching;
      },
    },
  };
}
