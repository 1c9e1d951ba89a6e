import { ok } from '../../domain/result.ts';
import { findApplication } from './applications/application-store.ts';
import type { Counter } from './counter.ts';
import type { ReadTx } from './db/open.ts';
import type { Handlers } from './dispatch.ts';
import { pageLane } from './documents/page-lane.ts';
import { findSale } from './transactions/sale-store.ts';

type DocumentMethods = Extract<keyof Handlers, `documents.${string}`>;

/** The number under which a citizen's papers are known: that of the receipt, or of the application. */
async function numberOf(tx: ReadTx, { cipher }: Counter, stream: string): Promise<string | null> {
  const sale = await findSale(tx, cipher, stream);
  if (sale !== undefined) return sale.receiptNumber;
  return (await findApplication(tx, cipher, stream))?.received?.applicationNumber ?? null;
}

/** Pages of papers, from a file to safe keeping. */
export function documentHandlers(counter: Counter): Pick<Handlers, DocumentMethods> {
  const { intake, keepPages, documents, reading, registeredFor } = counter;
  return {
    'documents.begin-intake': async (asked) => await intake.begin(asked),
    'documents.add-part': async ({ intakeId, offset, data }) =>
      intake.addPart(intakeId, offset, Buffer.from(data, 'base64')),
    'documents.take-scan': async ({ stream, file }) => await intake.takeScan(stream, file),
    'documents.look': async ({ intakeId, fromPage }) => {
      const looked = await intake.look(intakeId, fromPage);
      return looked.ok ? ok({ pages: [...looked.value.pages], left: looked.value.left }) : looked;
    },
    'documents.keep': async (asked, { signIn }) => {
      const kept = await keepPages(signIn, asked);
      if (!kept.ok) return kept;
      counter.lane.wake();
      return ok({ pages: [...kept.value.pages] });
    },
    'documents.drop-intake': async ({ intakeId }) => {
      intake.drop(intakeId);
      return ok({});
    },
    'documents.of': async ({ stream }) => ok({ pages: await documents.of(stream) }),
    'documents.show': async ({ documentId }, { signIn }) => {
      const opened = await documents.open(signIn, documentId);
      if (!opened.ok) return opened;
      return ok({ picture: `data:image/jpeg;base64,${opened.value.toString('base64')}` });
    },
    'documents.open-at-province': async (asked, { signIn }) => await counter.openPage(signIn, asked),
    'documents.discard': async ({ documentId, reason, note }, { signIn }) =>
      await documents.discard(signIn, documentId, { reason, note }),
    'documents.scans': async () => {
      const { folder, health, files } = await intake.scans();
      return ok({ folder, health, files: [...files] });
    },
    'documents.set-scan-folder': async ({ folder }) => await intake.setScanFolder(folder),
    'documents.settle-reading': async ({ documentId, fields }, { signIn }) =>
      await documents.settleReading(signIn, documentId, fields),
    'documents.read': async ({ documentId }, { signIn }) => {
      const opened = await documents.open(signIn, documentId);
      return opened.ok ? await reading.read(opened.value, await registeredFor(documentId)) : opened;
    },
    'documents.lane': async (shown) => {
      const { underWay, ...motion } = counter.lane.state();
      const lane = await counter.db.read((tx) =>
        pageLane(tx, shown, motion, (own, stream) => numberOf(own, counter, stream)),
      );
      const rows = lane.rows.map((row) =>
        // What is committed is older than what is under way.
        row.documentId === underWay?.documentId ? { ...row, sentBytes: Math.min(underWay.offset, row.bytes) } : row,
      );
      return ok({ ...lane, rows });
    },
    'documents.space': async () => ok(await documents.space()),
  };
}
