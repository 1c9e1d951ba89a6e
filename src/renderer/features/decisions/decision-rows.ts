import type { QueueItem } from '../../../contract/region.ts';
import type { OthersWord } from '../../../contract/views-region.ts';

export const itemKey = ({ kind, subject }: Pick<QueueItem, 'kind' | 'subject'>): string => `${kind} ${subject}`;

/** What somebody else decided of an item, where he has not taken note of it. */
export function firstWord(others: readonly OthersWord[], item: QueueItem): OthersWord | undefined {
  return others.find(({ kind, subject }) => kind === item.kind && subject === item.subject);
}

/** What waits, after what somebody else has decided of it: that stands first until he takes note of it. */
export function listed(
  waiting: readonly QueueItem[],
  others: readonly OthersWord[],
  kind: QueueItem['kind'] | null,
): readonly QueueItem[] {
  const decided = others.flatMap(({ waited }) =>
    waited === null || (kind !== null && waited.kind !== kind) ? [] : [waited],
  );
  return [...decided, ...waiting.filter((item) => firstWord(others, item) === undefined)];
}
