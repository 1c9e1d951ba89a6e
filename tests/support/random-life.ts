import fc from 'fast-check';
import { expect } from 'vitest';
import type { Api } from '../../src/contract/api.ts';
import type { OutputOf, SentInputOf } from '../../src/contract/procedure.ts';
import { decideRefundById } from '../../src/province/cases/decide-by-id.ts';
import { openForBusiness, pinOf, sellOffline, sync } from './at-the-counter.ts';
import { balance, closeExactly, currentId, FLOAT, notes, signInAs } from './drawer.ts';
import { paperId, typedSheet, withBook } from './emergency-book.ts';
import { enrolledCounter } from './enrolled-counter.ts';
import type { Acts, Life, Pencil, Sold } from './life-facts.ts';
import { checkMoneyOfLife } from './money-agrees.ts';
import { openTestProvince } from './test-province.ts';

/** Booked, short, over, paid elsewhere, held, rejected: each is sold once on the counter's own figure. */
const PLATES = [
  'AG 2345 KD',
  'W 1919 SH',
  'P 2929 OV',
  'N 4040 DB',
  'AE 3333 HD',
  'S 4444 RJ',
  'AG 1111 HI',
  'AG 3456 EF',
  'L 1001 EV',
  'AG 6001 TA',
  'AG 6002 TA',
] as const;
/** A vehicle of the emergency book only. */
const BOOK_PLATE = { nrkb: 'M 2828 BK', chassisTail: '10019' };
const OFFICERS = ['petugas-1', 'petugas-2'] as const;
const approval = { by: 'pin' as const, supervisorId: 'pengawas', pin: pinOf('pengawas') };

type Step = fc.AsyncCommand<Pencil, Life>;

function note(acts: Acts, what: string, isDone: boolean): void {
  const { done, refused } = acts.get(what) ?? { done: 0, refused: 0 };
  acts.set(what, isDone ? { done: done + 1, refused } : { done, refused: refused + 1 });
}

/** Asks and answers the value; a refusal of the rules is undefined, a fault of the program throws. */
async function tried<M extends keyof Api>(
  { counter, acts }: Life,
  method: M,
  input: SentInputOf<Api[M]>,
): Promise<OutputOf<Api[M]> | undefined> {
  const answer = await counter.ask(method, input);
  note(acts, method, answer.ok);
  if (answer.ok) return answer.value;
  expect(answer.error.code, `${method} is refused by a rule`).not.toMatch(
    /^(INTERNAL|BAD_INPUT|UNKNOWN_METHOD|FORBIDDEN)$/u,
  );
  return undefined;
}

function chosen(pencil: Pencil, n: number): Sold | undefined {
  return pencil.sold[n % Math.max(1, pencil.sold.length)];
}

/** A step of a life, with its draw; the drawer is looked at after each. */
function step(name: string, n: number, run: (pencil: Pencil, life: Life, n: number) => Promise<void>): Step {
  return {
    check: () => true,
    run: async (pencil, life) => {
      await run(pencil, life, n);
      expect(balance(life.counter, 'cash-drawer'), `the drawer after ${name}`).toBe(pencil.drawer);
    },
    toString: () => `${name}(${String(n)})`,
  };
}

async function sell(pencil: Pencil, { counter }: Life): Promise<void> {
  const nrkb = PLATES[pencil.sold.length];
  if (nrkb === undefined) return;
  const cashSessionId = await currentId(counter);
  counter.line.set('down');
  const { transactionId, receiptNumber, payable } = await sellOffline(counter, nrkb);
  counter.line.set('pass');
  pencil.sold.push({ transactionId, receiptNumber, payable, cashSessionId, sent: false, held: true });
  pencil.drawer += payable;
}

/** While nothing of it has left, in its own session, and once. */
async function takeBack(pencil: Pencil, life: Life, n: number): Promise<void> {
  const sale = chosen(pencil, n);
  if (sale === undefined) return;
  const { transactionId } = sale;
  const may = !sale.sent && sale.held && sale.cashSessionId === (await currentId(life.counter));
  const voided = await tried(life, 'transactions.void', { transactionId, reason: 'salah kendaraan', approval });
  if (may && sale.payable <= pencil.drawer) expect(voided, 'a void that may be').toBeDefined();
  if (voided === undefined) return;
  expect(may, 'a void that may not be').toBe(true);
  sale.held = false;
  pencil.drawer -= sale.payable;
}

async function askBack(pencil: Pencil, life: Life, n: number): Promise<void> {
  const sale = chosen(pencil, n);
  if (sale === undefined) return;
  const { transactionId } = sale;
  await tried(life, 'cancellations.request', { transactionId, reason: 'warga berubah pikiran', approval });
}

/** Any sale; of those that have left and whose cash lies in this very drawer where there are such: for the others it is refused. */
async function giveBack(pencil: Pencil, life: Life, n: number): Promise<void> {
  const cashSessionId = await currentId(life.counter);
  const here = pencil.sold.filter((sale) => sale.sent && sale.held && sale.cashSessionId === cashSessionId);
  const sale = here[n % Math.max(1, here.length)] ?? chosen(pencil, n);
  if (sale === undefined) return;
  const { transactionId, receiptNumber: paper } = sale;
  const asked = { transactionId, paper, isPayer: true as const, reason: 'batal bayar', approval };
  const paid = await tried(life, 'refunds.pay-in-cash', asked);
  if (paid === undefined) return;
  expect(sale.held, 'cash goes back once').toBe(true);
  sale.held = false;
  pencil.drawer -= paid.amount;
}

async function applyForRefund(pencil: Pencil, life: Life, n: number): Promise<void> {
  const sale = chosen(pencil, n);
  if (sale === undefined) return;
  const person = { accountHolder: 'Budi Pembayar', bank: 'Bank Jatim', accountNumber: '0012 3456', phone: null };
  const asked = { transactionId: sale.transactionId, ...person, withoutPapers: 'kamera rusak' };
  const requested = await tried(life, 'refunds.request', asked);
  if (requested !== undefined) life.refunds.push(requested.refundId);
}

/** The province says a word about an application: any word, in its place or not. */
async function decide(_pencil: Pencil, life: Life, n: number): Promise<void> {
  const { province, refunds } = life;
  const refundId = refunds[n % Math.max(1, refunds.length)];
  if (refundId === undefined) return;
  const state = (['approved', 'approved', 'paid', 'rejected', 'unclaimed'] as const)[n % 5] ?? 'approved';
  const word = { state, saidBy: 'Kabid', reason: 'keputusan', reference: null, reversal: null };
  const said = state === 'paid' ? { ...word, reference: 'SP2D 17' } : { ...word, reversal: 'BA-12' };
  const decided = await decideRefundById(province.province.context, refundId, said);
  note(life.acts, `province ${state}`, decided.ok);
  if (!decided.ok) expect(['REFUND_UNKNOWN', 'REFUND_NOT_NOW', 'REFUND_OUTDATED']).toContain(decided.error);
}

async function topUp(pencil: Pencil, life: Life, n: number): Promise<void> {
  const sale = chosen(pencil, n);
  const page = sale && (await tried(life, 'cases.page', { caseId: `sale-${sale.transactionId}` }));
  if (sale === undefined || !page?.shortfall) return;
  const { decisionId, payable } = page.shortfall;
  const asked = { transactionId: sale.transactionId, decisionId, expectedPayable: payable, tendered: payable };
  const collected = await tried(life, 'shortfalls.collect', asked);
  if (collected !== undefined) pencil.drawer += collected.payable;
}

async function deposit(pencil: Pencil, life: Life, n: number): Promise<void> {
  const from = n % 2 === 0 ? ('drawer' as const) : ('safe' as const);
  const amount = n * 1_000 + 1_000;
  const slip = { depositedOn: '2026-03-10' as const, bank: 'Bank Jatim', slipNumber: `S-${String(n)}` };
  const deposited = await tried(life, 'cash.deposit', { ...slip, from, amount });
  if (deposited === undefined) return;
  pencil[from] -= amount;
  pencil.atBank += amount;
}

/** Two officers count together; the cash stays where it is. */
async function handOver(pencil: Pencil, life: Life): Promise<void> {
  const { counter } = life;
  const session = await counter.get('cash-session.current', {});
  const [own = OFFICERS[0], other = OFFICERS[1]] =
    session?.officerId === OFFICERS[1] ? [OFFICERS[1], OFFICERS[0]] : OFFICERS;
  const counts = notes(pencil.drawer);
  const to = { officerId: other, pin: pinOf(other) };
  const asked = { cashSessionId: await currentId(counter), counts, sure: true, pin: pinOf(own), to };
  if ((await tried(life, 'cash-session.hand-over', asked)) === undefined) return;
  // Change that went out with a void after a deposit is not change any more.
  pencil.float = Math.min(pencil.float, pencil.drawer);
}

async function closeAndOpen(pencil: Pencil, { counter }: Life): Promise<void> {
  const officerId = (await counter.get('cash-session.current', {}))?.officerId ?? OFFICERS[0];
  await closeExactly(counter);
  pencil.safe += pencil.drawer - Math.min(pencil.float, pencil.drawer);
  expect(balance(counter, 'cash-drawer'), 'a closed drawer').toBe(0);
  await signInAs(counter, officerId);
  await counter.get('cash-session.open', { float: notes(FLOAT) });
  pencil.drawer = FLOAT;
  pencil.float = FLOAT;
}

/** A sheet of the book: as the rules ask, or whatever was written; typed by one, confirmed by another. */
async function writePaper(pencil: Pencil, life: Life, n: number): Promise<void> {
  const { counter } = life;
  const owner = (await counter.get('cash-session.current', {}))?.officerId ?? OFFICERS[0];
  const other = OFFICERS.find((one) => one !== owner) ?? OFFICERS[1];
  const bookNumber = pencil.sheets + 1;
  const transactionId = paperId(bookNumber);
  const amount = 100_000 + n * 7_300;
  const sheet = typedSheet(counter, { ...BOOK_PLATE, transactionId, bookNumber, amount });
  if ((await tried(life, 'emergency.enter', sheet)) === undefined) return;
  pencil.sheets = bookNumber;
  const confirmer = { officerId: other, pin: pinOf(other) };
  if ((await tried(life, 'emergency.confirm', { transactionId, confirmer })) === undefined) return;
  pencil.drawer += amount;
}

async function send(pencil: Pencil, { counter }: Life): Promise<void> {
  await sync(counter);
  for (const sale of pencil.sold) sale.sent = true;
}

async function book(_pencil: Pencil, { province }: Life): Promise<void> {
  await province.book();
}

/** The province decides what it has, and the counter hears of it. */
async function rest(pencil: Pencil, life: Life): Promise<void> {
  await send(pencil, life);
  await book(pencil, life);
  await sync(life.counter);
}

/** Any order: what has no place now is refused by the rules and moves nothing. */
export const lifeCommands: fc.Arbitrary<Step>[] = (
  [
    ['sell', sell],
    ['sell', sell],
    ['sell', sell],
    ['void', takeBack],
    ['same-day', askBack],
    ['cash-back', giveBack],
    ['cash-back', giveBack],
    ['apply', applyForRefund],
    ['province', decide],
    ['province', decide],
    ['top-up', topUp],
    ['deposit', deposit],
    ['hand-over', handOver],
    ['close', closeAndOpen],
    ['paper', writePaper],
    ['send', send],
    ['send', send],
    ['book', book],
    ['rest', rest],
    ['rest', rest],
    ['rest', rest],
  ] as const
).map(([name, run]) => fc.nat(99).map((n) => step(name, n, run)));

/** Lives one life at a counter and a province of its own, and holds both against each other and against the pencil. */
export async function liveOn(steps: Iterable<Step>, acts: Acts): Promise<void> {
  const province = await openTestProvince();
  const counter = await withBook(await openForBusiness(await enrolledCounter(province)));
  const pencil: Pencil = { drawer: FLOAT, float: FLOAT, safe: 0, atBank: 0, sold: [], sheets: 0 };
  const life: Life = { counter, province, refunds: [], acts };
  try {
    await fc.asyncModelRun(() => ({ model: pencil, real: life }), steps);
    for (let round = 0; round < 3; round += 1) {
      await sync(counter);
      await province.book();
    }
    await sync(counter);
    await checkMoneyOfLife(life, pencil);
  } finally {
    await counter.stop();
    await province.close();
  }
}
