import { addRupiah, type Rupiah, rupiah, sumRupiah, ZERO_RUPIAH } from './rupiah.ts';

/** What a stretch of work brought into the cash of the citizens, by what it is owed to; whole rupiah, signed. */
export interface Taking<K extends string> {
  /** What the stretch is known by: its day. */
  readonly key: K;
  /** By account: positive for what a beneficiary is owed, negative for what was rounded off or is missing. */
  readonly shares: ReadonlyMap<string, Rupiah>;
}

/** Cash that left for the bank after the takings before it. */
export interface Deposit<I extends string> {
  readonly depositId: I;
  readonly amount: Rupiah;
}

/** What happened to the cash of the citizens, in the order of the journal. */
export type CashEvent<K extends string, I extends string> =
  | { readonly kind: 'taking'; readonly taking: Taking<K> }
  | { readonly kind: 'deposit'; readonly deposit: Deposit<I> };

/** Whose money a deposit carried, and what no taking explains. */
export interface AllocatedDeposit<K extends string, I extends string> extends Deposit<I> {
  readonly shares: ReadonlyMap<string, Rupiah>;
  /** By the stretch from which it came, oldest first. */
  readonly from: readonly { readonly key: K; readonly amount: Rupiah }[];
  /** Deposited above all that was taken; zero in a journal that is whole. */
  readonly unexplained: Rupiah;
}

/** Where the cash of the citizens went, and what is left of which stretch. */
export interface Allocation<K extends string, I extends string> {
  readonly deposits: readonly AllocatedDeposit<K, I>[];
  /** What is not deposited yet, oldest first; no stretch whose rest is nothing. */
  readonly left: readonly Taking<K>[];
}

function sumOf(shares: ReadonlyMap<string, Rupiah>): Rupiah {
  return sumRupiah([...shares.values()]);
}

function added(into: Map<string, Rupiah>, shares: ReadonlyMap<string, Rupiah>): void {
  for (const [account, amount] of shares) into.set(account, addRupiah(into.get(account) ?? ZERO_RUPIAH, amount));
}

/** `part` of the shares, each by its weight in whole rupiah; what the division leaves goes to the largest remainders. */
function splitShares(
  shares: ReadonlyMap<string, Rupiah>,
  part: Rupiah,
): { readonly taken: ReadonlyMap<string, Rupiah>; readonly rest: ReadonlyMap<string, Rupiah> } {
  const total = BigInt(sumOf(shares));
  if (total === 0n) throw new RangeError('shares that sum to nothing cannot be split');
  const parts = [...shares].map(([account, amount]) => {
    // Beyond the safe integers on the way: rupiah times rupiah.
    const product = BigInt(amount) * BigInt(part);
    const floor = product / total - (product % total !== 0n && product < 0n !== total < 0n ? 1n : 0n);
    return { account, amount, floor: Number(floor), remainder: Number(product - floor * total) };
  });
  const missing = part - parts.reduce((sum, { floor }) => sum + floor, 0);
  const order = parts.toSorted(
    (left, right) => right.remainder - left.remainder || (left.account < right.account ? -1 : 1),
  );
  const raised = new Set(order.slice(0, missing).map(({ account }) => account));
  const taken = new Map(
    parts.map(({ account, floor }) => [account, rupiah(floor + (raised.has(account) ? 1 : 0))] as const),
  );
  const rest = new Map(parts.map(({ account, amount }) => [account, rupiah(amount - (taken.get(account) ?? 0))]));
  return { taken, rest };
}

interface Queue<K extends string> {
  readonly waiting: Taking<K>[];
}

function put<K extends string>({ waiting }: Queue<K>, taking: Taking<K>): void {
  const last = waiting.at(-1);
  if (last?.key !== taking.key) {
    waiting.push(taking);
    return;
  }
  const shares = new Map(last.shares);
  added(shares, taking.shares);
  waiting[waiting.length - 1] = { key: last.key, shares };
}

function carry<K extends string, I extends string>({ waiting }: Queue<K>, deposit: Deposit<I>): AllocatedDeposit<K, I> {
  const shares = new Map<string, Rupiah>();
  const from: { key: K; amount: Rupiah }[] = [];
  let open: Rupiah = deposit.amount;
  while (open > 0) {
    const oldest = waiting[0];
    if (oldest === undefined) break;
    const worth = sumOf(oldest.shares);
    // A stretch that took more out than it brought in is carried whole: what came before it pays for it.
    if (worth <= open) {
      waiting.shift();
      added(shares, oldest.shares);
      if (worth !== 0) from.push({ key: oldest.key, amount: worth });
      open = rupiah(open - worth);
      continue;
    }
    const { taken, rest } = splitShares(oldest.shares, open);
    waiting[0] = { key: oldest.key, shares: rest };
    added(shares, taken);
    from.push({ key: oldest.key, amount: open });
    open = ZERO_RUPIAH;
  }
  return { ...deposit, shares, from, unexplained: open };
}

/**
 * Which takings a deposit carried: the oldest cash goes first, a stretch that is carried in part gives of every share alike.
 * The shares of a deposit and what no taking explains sum to its amount, whatever happened before.
 */
export function allocateDeposits<K extends string, I extends string>(
  events: readonly CashEvent<K, I>[],
): Allocation<K, I> {
  const queue: Queue<K> = { waiting: [] };
  const deposits: AllocatedDeposit<K, I>[] = [];
  for (const event of events) {
    if (event.kind === 'taking') put(queue, event.taking);
    else deposits.push(carry(queue, event.deposit));
  }
  const left = queue.waiting.filter(({ shares }) => [...shares.values()].some((amount) => amount !== 0));
  return { deposits, left };
}
