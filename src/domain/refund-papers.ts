/** Papers of an application for a refund, as kinds of pages: who asks, the original paper of the sale, the signed form. */
export const REFUND_PAPERS = ['refund-identity', 'refund-paper', 'refund-form'] as const;

/** One of them. */
export type RefundPaper = (typeof REFUND_PAPERS)[number];

/** How the province wants the papers before an application is written down. */
export const REFUND_PAPERS_POLICIES = ['needed', 'later'] as const;

/** `needed`: without identity and original paper only with a reason; `later`: they may follow without a word. */
export type RefundPapersPolicy = (typeof REFUND_PAPERS_POLICIES)[number];

/** The form is printed with the application: it can only follow. */
const BEFORE: readonly RefundPaper[] = ['refund-identity', 'refund-paper'];

/** What must lie there before the application, and does not; empty where the policy lets it follow. */
export function missingBefore(
  kept: Readonly<Partial<Record<RefundPaper, number>>>,
  policy: RefundPapersPolicy,
): readonly RefundPaper[] {
  return policy === 'later' ? [] : BEFORE.filter((kind) => (kept[kind] ?? 0) === 0);
}
