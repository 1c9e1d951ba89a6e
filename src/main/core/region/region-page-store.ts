import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'region_page.answer';
/** What nobody asked for so long is loaded again when somebody does. */
const KEPT_MS = 60 * 86_400_000;

/** Of whom, and which question. */
export type Asked = { readonly supervisorId: string; readonly question: string };

/** One page of an answer as it is kept; `text` is the province's JSON. */
export type KeptPage = {
  readonly sweep: number;
  readonly page: number;
  readonly loadedAt: number;
  readonly next: string | null;
  readonly text: string;
};

/** Pages of a question: the newest walk through them first, then what an older walk still has. */
export async function readPages(tx: ReadTx, cipher: ColumnCipher, asked: Asked): Promise<readonly KeptPage[]> {
  const rows = await tx
    .selectFrom('region_page')
    .selectAll()
    .where('supervisor_id', '=', asked.supervisorId)
    .where('question', '=', asked.question)
    .orderBy('sweep', 'desc')
    .orderBy('page')
    .execute();
  return rows.map((row) => ({
    sweep: row.sweep,
    page: row.page,
    loadedAt: row.loaded_at,
    next: row.next,
    text: cipher.open(row.sealed, CONTEXT),
  }));
}

/** Questions whose name begins so, for which something is kept. */
export async function readQuestions(tx: ReadTx, supervisorId: string, prefix: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('region_page')
    .select('question')
    .distinct()
    .where('supervisor_id', '=', supervisorId)
    .where('question', '>=', prefix)
    .where('question', '<', `${prefix}\uffff`)
    .execute();
  return rows.map(({ question }) => question);
}

const selectSupervisors = prepared()((from) => from.selectFrom('region_page').select('supervisor_id').distinct());

/** For whom something of a region is kept on this device. */
export async function readSupervisors(tx: ReadTx): Promise<readonly string[]> {
  const rows = selectSupervisors(tx, {});
  return rows.map(({ supervisor_id }) => supervisor_id);
}

/** Where the walk through a question stands; undefined where nothing is kept. */
export async function findNewestPage(
  tx: ReadTx,
  asked: Asked,
): Promise<Pick<KeptPage, 'sweep' | 'page' | 'next'> | undefined> {
  return await tx
    .selectFrom('region_page')
    .select(['sweep', 'page', 'next'])
    .where('supervisor_id', '=', asked.supervisorId)
    .where('question', '=', asked.question)
    .orderBy('sweep', 'desc')
    .orderBy('page', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The older walk that is worth keeping until the new one is whole: the one with the most pages. */
async function richestSweep(tx: ReadTx, asked: Asked): Promise<number | undefined> {
  const row = await tx
    .selectFrom('region_page')
    .select('sweep')
    .where('supervisor_id', '=', asked.supervisorId)
    .where('question', '=', asked.question)
    .groupBy('sweep')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('sweep', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sweep;
}

/**
 * Keeps a page. The first page of a new walk leaves one older walk beside it; the last page of a walk ends all others.
 * Copies are no record: dropping one loses nothing.
 */
export async function putPage(tx: WriteTx, cipher: ColumnCipher, asked: Asked, kept: KeptPage): Promise<void> {
  const { sweep, page, loadedAt, next, text } = kept;
  const others = tx
    .deleteFrom('region_page')
    .where('supervisor_id', '=', asked.supervisorId)
    .where('question', '=', asked.question)
    .where('sweep', '<>', sweep);
  if (next === null) await others.execute();
  else if (page === 0) await others.where('sweep', '<>', (await richestSweep(tx, asked)) ?? sweep).execute();
  await tx
    .insertInto('region_page')
    .values({
      supervisor_id: asked.supervisorId,
      question: asked.question,
      sweep,
      page,
      loaded_at: loadedAt,
      next,
      sealed: cipher.seal(text, CONTEXT),
    })
    .execute();
  await tx
    .deleteFrom('region_page')
    .where('loaded_at', '<', loadedAt - KEPT_MS)
    .execute();
}

/** Drops everything that was loaded for somebody, or one question of it: it is not his any more. */
export async function dropPages(tx: WriteTx, supervisorId: string, question?: string): Promise<void> {
  const his = tx.deleteFrom('region_page').where('supervisor_id', '=', supervisorId);
  await (question === undefined ? his : his.where('question', '=', question)).execute();
}
