import type { CasePage } from '../../../contract/views-cases.ts';
import { missingBefore, REFUND_PAPERS, type RefundPaper } from '../../../domain/refund-papers.ts';
import { refundToAsk } from '../../../domain/refund-road.ts';
import { isOpenRefund } from '../../../domain/refund-state.ts';
import type { ReadTx } from '../db/open.ts';
import { type PageRow, readPagesOf } from '../documents/document-store.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { findSale } from '../transactions/sale-store.ts';
import type { CaseDeps } from './case-deps.ts';
import { type CaseFile, findFileById, readFilesOf } from './case-file-store.ts';
import { readSaleFacts, type SaleFacts } from './sale-facts.ts';

/** Whether a page of this kind belongs to an application for a refund. */
export const isRefundPaper = (kind: string): kind is RefundPaper => REFUND_PAPERS.some((paper) => paper === kind);

/** Pages of an application: they belong to the case, for the service of the sale is closed and stays closed. */
async function readRefundPages(tx: ReadTx, transactionId: string): Promise<readonly PageRow[]> {
  const pages: PageRow[] = [];
  for (const { caseId } of await readFilesOf(tx, transactionId)) pages.push(...(await readPagesOf(tx, caseId)));
  return pages.filter(({ kind }) => isRefundPaper(kind));
}

function countOf(pages: readonly PageRow[]): Readonly<Record<RefundPaper, number>> {
  const kept = { 'refund-identity': 0, 'refund-paper': 0, 'refund-form': 0 };
  for (const { kind } of pages) if (isRefundPaper(kind)) kept[kind] += 1;
  return kept;
}

/** What must still come before an application is written down, and what lies there. */
export async function refundPapersNow(
  tx: ReadTx,
  transactionId: string,
): Promise<{ readonly missing: readonly RefundPaper[]; readonly pages: readonly PageRow[] }> {
  const pages = await readRefundPages(tx, transactionId);
  const { refundPapers } = (await readPolicy(tx)).cases;
  return { missing: missingBefore(countOf(pages), refundPapers), pages };
}

/** Papers come while something can be asked back or an application moves. */
function takesPapers({ standing, refunds }: SaleFacts): boolean {
  return refunds.some(({ state }) => isOpenRefund(state)) || refundToAsk(standing) !== null;
}

/** The papers as the page of the case lists them; null where no application is in question. */
export async function refundPapersView(
  tx: ReadTx,
  facts: SaleFacts,
  file: CaseFile | undefined,
): Promise<CasePage['refundPapers']> {
  if (!takesPapers(facts)) return null;
  const { missing, pages } = await refundPapersNow(tx, facts.sale.transactionId);
  const kept = countOf(pages);
  return {
    stream: file?.caseId ?? null,
    missing: [...missing],
    papers: REFUND_PAPERS.map((kind) => ({ kind, pages: kept[kind] })),
  };
}

/** Whether pages may come to a case now; undefined for what is no case of a sale. */
export async function refundStreamState(
  tx: ReadTx,
  { journal, cipher, subjectKeys }: Pick<CaseDeps, 'journal' | 'cipher' | 'subjectKeys'>,
  stream: string,
): Promise<'open' | 'closed' | undefined> {
  const file = await findFileById(tx, stream);
  if (file === undefined || file.transactionId === null) return undefined;
  const sale = await findSale(tx, cipher, file.transactionId);
  // Nobody takes in the papers of a person who was erased.
  if (sale === undefined || (await subjectKeys.findSubjectKey(tx, file.transactionId)) === undefined) return 'closed';
  return takesPapers(await readSaleFacts(tx, journal, sale)) ? 'open' : 'closed';
}
