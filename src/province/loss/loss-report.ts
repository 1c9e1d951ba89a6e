import { formatReceiptNumber, nonceTagOf } from '../../domain/receipt-number.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { type CustodyFigures, readCustodyFigures, readHoles, type SeqRange } from './custody-figures.ts';
import { type DeviceLostCase, findDeviceLostCase } from './device-lost.ts';

/** What came after the figures were frozen, from a mirror, a stick or the device itself. */
type RecoveredAfter = Pick<CustodyFigures, 'entries' | 'sales' | 'salesTotal'>;

export type PaperOnly = {
  /** Places that the device had at its last hello and that never came: papers may bear their numbers. */
  readonly known: readonly (SeqRange & { readonly firstNumber: string; readonly lastNumber: string })[];
  /** Beyond the last contact nothing is known but what the policy allowed. */
  readonly afterLastContact: {
    readonly since: number | null;
    readonly fromSeq: number;
    readonly mostTransactions: number | null;
    readonly mostCash: number | null;
  };
};

export type DeviceLossReport = DeviceLostCase & {
  readonly custodyNow: CustodyFigures;
  readonly recoveredAfter: RecoveredAfter;
  readonly mayExistOnPaperOnly: PaperOnly;
};

const MOST_RANGES = 100;

type Outlet = { readonly outletCode: string; readonly deviceNo: number };

/** Numbers as the papers bear them. Most places are no sales: the range bounds, it does not count. */
function withNumbers({ outletCode, deviceNo }: Outlet, range: SeqRange): PaperOnly['known'][number] {
  const nonceTag = nonceTagOf(Buffer.from(range.nonce, 'base64url').toString('hex'));
  const numberOf = (seq: number): string =>
    formatReceiptNumber({ outletCode, deviceNo, epochN: range.n, nonceTag, seq });
  return { ...range, firstNumber: numberOf(range.fromSeq), lastNumber: numberOf(range.toSeq) };
}

async function paperOnly(
  context: ProvinceContext,
  { facts, deviceId }: DeviceLostCase,
  now: CustodyFigures,
): Promise<PaperOnly> {
  const device = await context.db
    .selectFrom('device')
    .select(['outlet_id as outletCode', 'device_no as deviceNo'])
    .where('device_id', '=', deviceId)
    .executeTakeFirstOrThrow();
  const { caps } = await publishedPolicy(context.db);
  const lastSeq = now.lastEntry?.seq ?? 0;
  const { epoch, seq: saidSeq } = facts.said;
  const beyond =
    epoch !== null && saidSeq !== null && saidSeq > lastSeq
      ? [{ n: epoch.n, nonce: epoch.nonce, fromSeq: lastSeq + 1, toSeq: saidSeq }]
      : [];
  const ranges = [...(await readHoles(context.db, deviceId, MOST_RANGES)), ...beyond];
  return {
    known: ranges.map((range) => withNumbers(device, range)),
    afterLastContact: {
      since: facts.lastContactAt,
      fromSeq: Math.max(lastSeq, saidSeq ?? 0) + 1,
      mostTransactions: caps.unsent,
      mostCash: caps.drawerCash,
    },
  };
}

/** The case with what is in custody now: "lists what may exist on paper only". */
export async function readLossReport(
  context: ProvinceContext,
  deviceId: string,
): Promise<Result<DeviceLossReport, 'CASE_UNKNOWN'>> {
  const lost = await findDeviceLostCase(context.db, deviceId);
  if (lost === undefined) return err('CASE_UNKNOWN');
  const custodyNow = await readCustodyFigures(context.db, deviceId);
  const { custody } = lost.facts;
  return ok({
    ...lost,
    custodyNow,
    // The tables only grow, so what is more than then came since.
    recoveredAfter: {
      entries: custodyNow.entries - custody.entries,
      sales: custodyNow.sales - custody.sales,
      salesTotal: custodyNow.salesTotal - custody.salesTotal,
    },
    mayExistOnPaperOnly: await paperOnly(context, lost, custodyNow),
  });
}
