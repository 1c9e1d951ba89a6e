import { type SerialRange, stockOf } from '../../../domain/form-stock.ts';
import type { ReadTx } from '../db/open.ts';
import { type FormDelivery, type FormSeries, readDeliveries, readRuns, type ToldRun } from './form-store.ts';

/** Serials that were skipped without a word. */
export type FormGap = FormSeries &
  SerialRange & { /** When a serial above them was used, ms UTC. */ readonly openedAt: number };

/** A delivery with where it stands. */
export type CountedDelivery = FormDelivery & {
  readonly stock: ReturnType<typeof stockOf>;
  readonly runs: readonly ToldRun[];
};

/** Every delivery with what was said of its series. */
export async function countDeliveries(tx: ReadTx): Promise<readonly CountedDelivery[]> {
  const runs = await readRuns(tx);
  return (await readDeliveries(tx)).map((delivery) => {
    const own = runs.filter((run) => run.form === delivery.form && run.series === delivery.series);
    return { ...delivery, runs: own, stock: stockOf(delivery, own) };
  });
}

/** Every gap of this counter: each is a case until its forms are used, spoiled or declared missing. */
export async function readFormGaps(tx: ReadTx): Promise<readonly FormGap[]> {
  return (await countDeliveries(tx)).flatMap(({ form, series, runs, stock, receivedAt }) =>
    stock.gaps.map((gap) => ({
      form,
      series,
      ...gap,
      openedAt: runs.find((run) => run.from > gap.to)?.begunAt ?? receivedAt,
    })),
  );
}
