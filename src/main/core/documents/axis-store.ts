import type { DocumentState } from '../../../domain/transaction-state.ts';
import type { ReadTx } from '../db/open.ts';

/** From the state that most needs a person to the one that needs nobody. */
const BY_CONCERN = ['missing', 'local', 'uploading', 'stored'] as const satisfies readonly DocumentState[];

/** Where the pages of each of these transactions stand, in one word; one without a page is not in the answer. */
export async function documentStatesOf(
  tx: ReadTx,
  streams: readonly string[],
): Promise<ReadonlyMap<string, DocumentState>> {
  if (streams.length === 0) return new Map();
  const rows = await tx
    .selectFrom('document')
    .select(['stream', 'state'])
    .distinct()
    .where('stream', 'in', [...streams])
    .where('state', '<>', 'discarded')
    .execute();
  const found = new Map<string, Set<DocumentState>>();
  for (const { stream, state } of rows) {
    if (state === 'discarded') continue;
    const states = found.get(stream) ?? new Set();
    // A page that the province cannot read must be taken again, as one that never came.
    found.set(stream, states.add(state === 'refused' ? 'missing' : state));
  }
  return new Map(
    [...found].flatMap(([stream, states]) => {
      const worst = BY_CONCERN.find((state) => states.has(state));
      return worst === undefined ? [] : [[stream, worst] as const];
    }),
  );
}
