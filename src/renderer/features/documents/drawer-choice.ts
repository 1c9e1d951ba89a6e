type Holding = Readonly<{ holdingId: string; stream: string }>;

/** The ticked papers; without a tick the one that is selected. What left the drawer meanwhile is not among them. */
export function chosenHoldings<Row extends Holding>(
  rows: readonly Row[],
  ticked: ReadonlySet<string>,
  current: Row | undefined,
): readonly Row[] {
  const marked = rows.filter((row) => ticked.has(row.holdingId));
  if (marked.length > 0) return marked;
  return current === undefined ? [] : [current];
}

/** Whether all belong to one service: papers of one person go in one hand-over. */
export function oneStream(rows: readonly Holding[]): boolean {
  return new Set(rows.map((row) => row.stream)).size <= 1;
}

/** Ticked becomes unticked and the other way round. */
export function toggled(ticked: ReadonlySet<string>, holdingId: string): ReadonlySet<string> {
  return ticked.has(holdingId)
    ? new Set([...ticked].filter((other) => other !== holdingId))
    : new Set([...ticked, holdingId]);
}
