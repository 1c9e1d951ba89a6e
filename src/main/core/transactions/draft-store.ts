import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { DraftContent, DraftState } from '../db/schema-counter.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { closeView } from '../documents/view-key-store.ts';

const CONTEXT = 'draft';
/** Drafts are found by an HMAC of their vehicle: which vehicle was served is inside, and sealed. */
const VEHICLE_CONTEXT = 'draft.vehicle';
/** Services of one vehicle in one day that a count of wrong tails looks at; the newest knows of those before it. */
const DRAFTS_LOOKED_AT = 300;

const contentSchema = z.object({
  vehicleId: z.string(),
  tries: z.int().nonnegative(),
  confirmed: z.boolean(),
  arrivalId: z.string().nullable(),
  groups: z.array(z.string()),
  // Drafts of before the service packs have none of the three.
  documents: z.array(z.object({ kind: z.string(), present: z.boolean(), held: z.boolean().default(false) })),
  waivers: z
    .array(z.object({ kind: z.string(), reason: z.string(), approvedBy: z.string().nullable() }))
    .default(() => []),
  financed: z.boolean().default(false),
  payer: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    blankReason: z.string().nullable(),
    isOwner: z.boolean(),
  }),
}) satisfies z.ZodType<DraftContent>;

/** A service being done now: working paper, not money; it survives a power cut and is never sent. */
export type Draft = {
  readonly transactionId: string;
  readonly state: DraftState;
  readonly officerId: string;
  readonly begunAt: number;
  readonly content: DraftContent;
};

type Row = { transaction_id: string; state: DraftState; officer_id: string; begun_at: number; sealed: string };

const toDraft = (cipher: ColumnCipher, row: Row): Draft => ({
  transactionId: row.transaction_id,
  state: row.state,
  officerId: row.officer_id,
  begunAt: row.begun_at,
  content: contentSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
});

const selectDraft = prepared<{ transactionId: string }>()((from, of) =>
  from.selectFrom('draft').selectAll().where('transaction_id', '=', of('transactionId')),
);

export async function findDraft(tx: ReadTx, cipher: ColumnCipher, transactionId: string): Promise<Draft | undefined> {
  const [row] = selectDraft(tx, { transactionId });
  return row === undefined ? undefined : toDraft(cipher, row);
}

/** The officer's newest open draft: what stood on the screen when the power went. */
export async function findUnfinished(
  tx: ReadTx,
  cipher: ColumnCipher,
  officerId: string,
  sinceMs: number,
): Promise<Draft | undefined> {
  const row = await tx
    .selectFrom('draft')
    .selectAll()
    .where('officer_id', '=', officerId)
    .where('state', '=', 'open')
    .where('begun_at', '>=', sinceMs)
    // What lies in a basket waits there; what waits for a provider is found by its payment.
    .where((all) =>
      all.not(
        all.exists(
          all
            .selectFrom('basket_item')
            .select('basket_item.place')
            .whereRef('basket_item.transaction_id', '=', 'draft.transaction_id')
            .where('basket_item.left_at', 'is', null)
            .where('basket_item.basket_id', 'in', (eb) =>
              eb.selectFrom('basket').select('basket_id').where('state', 'in', ['open', 'paying']),
            ),
        ),
      ),
    )
    .orderBy('begun_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toDraft(cipher, row);
}

const selectNewest = prepared<{ vehicleIndex: string; sinceMs: number }>()((from, of) =>
  from
    .selectFrom('draft')
    .selectAll()
    .where('vehicle_index', '=', of('vehicleIndex'))
    .where('begun_at', '>=', of('sinceMs'))
    .orderBy(sql`rowid`, 'desc')
    .limit(DRAFTS_LOOKED_AT),
);

/** The newest services of one vehicle, newest first. */
export async function readNewestDraftsOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  vehicleId: string,
  sinceMs: number,
): Promise<readonly Draft[]> {
  const rows = selectNewest(tx, { vehicleIndex: cipher.index(vehicleId, VEHICLE_CONTEXT), sinceMs });
  return rows.map((row) => toDraft(cipher, row));
}

const insertRow = preparedWrite<Row & { vehicle_index: string }>()((to, of) =>
  to.insertInto('draft').values({
    transaction_id: of('transaction_id'),
    state: of('state'),
    officer_id: of('officer_id'),
    vehicle_index: of('vehicle_index'),
    begun_at: of('begun_at'),
    sealed: of('sealed'),
  }),
);

export async function insertDraft(tx: WriteTx, cipher: ColumnCipher, draft: Draft): Promise<void> {
  insertRow(tx, {
    transaction_id: draft.transactionId,
    state: draft.state,
    officer_id: draft.officerId,
    vehicle_index: cipher.index(draft.content.vehicleId, VEHICLE_CONTEXT),
    begun_at: draft.begunAt,
    sealed: cipher.seal(JSON.stringify(draft.content), CONTEXT),
  });
}

const updateContent = preparedWrite<{ transactionId: string; sealed: string }>()((to, of) =>
  to
    .updateTable('draft')
    .set({ sealed: of('sealed') })
    .where('transaction_id', '=', of('transactionId')),
);

export async function putContent(
  tx: WriteTx,
  cipher: ColumnCipher,
  transactionId: string,
  content: DraftContent,
): Promise<void> {
  updateContent(tx, { transactionId, sealed: cipher.seal(JSON.stringify(content), CONTEXT) });
}

const updateState = preparedWrite<{ transactionId: string; state: DraftState; sealed: string }>()((to, of) =>
  to
    .updateTable('draft')
    .set({ state: of('state'), sealed: of('sealed') })
    .where('transaction_id', '=', of('transactionId')),
);

/**
 * Ends a draft; its personal data goes with it, for what remains is in the journal under its own key. In the same commit
 * its pages can be shown no more: "wrapped by a per-transaction view key, destroyed at close" (OPOP-Sync/1 10.1).
 */
export async function endDraft(
  tx: WriteTx,
  cipher: ColumnCipher,
  draft: Draft,
  state: Exclude<DraftState, 'open'>,
  nowMs: number,
): Promise<void> {
  await closeView(tx, draft.transactionId, nowMs);
  const content: DraftContent = {
    ...draft.content,
    payer: { name: null, phone: null, blankReason: null, isOwner: draft.content.payer.isOwner },
  };
  const sealed = cipher.seal(JSON.stringify(content), CONTEXT);
  updateState(tx, { transactionId: draft.transactionId, state, sealed });
}
