import { useEffect, useState } from 'react';

/**
 * The row that is shown beside the list: the chosen one, else the first. Once shown it stays the one, also when a newer row
 * comes on top of it.
 */
export function useChosen<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly [Row | undefined, (key: string) => void] {
  const [at, setAt] = useState<string | undefined>();
  const chosen = rows.find((row) => keyOf(row) === at) ?? rows[0];
  const key = chosen === undefined ? undefined : keyOf(chosen);
  useEffect(() => {
    if (key !== undefined) setAt(key);
  }, [key]);
  return [chosen, setAt];
}
