import { DENOMINATIONS } from '../../../src/domain/cash-session.ts';
import { localDateAt } from '../../../src/domain/local-date.ts';
import type { Chance } from './chance.ts';
import { payerOf, PIN, type SimOutlet, type SimVehicle } from './registry.ts';
import type { SimCounter } from './sim-counter.ts';
import type { Trace } from './trace.ts';
import { MINUTE_MS, pass, type WorldTime } from './virtual-time.ts';

const PROVINCE_URL = 'http://province.example';

/** The person at one counter; every word of his goes through the one door of the program. */
export type Officer = {
  /** Enrols the device with a code of the province. */
  readonly enrol: (code: string) => Promise<void>;
  /** Signs in where nobody is, opens the screen where it is locked, opens the drawer where it is closed. */
  readonly beReady: () => Promise<boolean>;
  /** Serves one citizen; the word is what became of it. */
  readonly serve: (vehicle: SimVehicle, sale: number) => Promise<string>;
  readonly sync: () => Promise<string>;
  /** Counts the drawer, closes it, and brings the money to the bank, where one is open and his. */
  readonly closeDrawer: () => Promise<void>;
  readonly goHome: () => Promise<void>;
};

type Parts = {
  readonly counter: SimCounter;
  readonly outlet: SimOutlet;
  readonly chance: Chance;
  readonly time: WorldTime;
  readonly trace: Trace;
};

const FLOAT = [{ denomination: 50_000, count: 4 }];

/** Amounts on the screen change when the province's bill comes: the officer reads again, at most this often. */
const READINGS = 3;

/** Notes and coins that make a sum; what is smaller than the smallest coin is not in a drawer. */
function countOf(sum: number): { denomination: number; count: number }[] {
  let left = sum;
  return DENOMINATIONS.map((denomination) => {
    const count = Math.floor(left / denomination);
    left -= count * denomination;
    return { denomination, count };
  });
}

export function createOfficer({ counter, outlet, chance, time, trace }: Parts): Officer {
  const { index } = counter;
  const slips = { count: 0 };
  /** What lies in the drawer, in whole rupiah, as far as the officer's own hands know. */
  const drawer = { cash: 0 };

  const answerUnknownPapers = async (): Promise<void> => {
    const jobs = await counter.ask('printing.jobs', {});
    if (!jobs.ok) return;
    for (const job of jobs.value.filter((one) => one.state === 'unknown')) {
      const cameOut = chance.happens(0.5);
      await counter.ask('printing.answer', { jobId: job.jobId, cameOut });
      trace.note(index, 'paper-answered', cameOut);
    }
  };

  /** Signs in where nobody is, and opens a screen that was left alone. */
  const enter = async (): Promise<boolean> => {
    const current = await counter.ask('sign-in.current', {});
    if (!current.ok) return false;
    if (current.value === null) {
      const begun = await counter.ask('sign-in.begin', { officerId: outlet.officerId, pin: PIN });
      trace.note(index, 'sign-in', begun.ok ? 'ok' : begun.error.code);
      if (!begun.ok) return false;
    } else if (current.value.locked) {
      const opened = await counter.ask('sign-in.unlock', { pin: PIN });
      if (!opened.ok) {
        trace.note(index, 'unlock', opened.error.code);
        await counter.ask('sign-in.end', {});
        return false;
      }
    }
    return true;
  };

  const beReady: Officer['beReady'] = async () => {
    if (!(await enter())) return false;
    await answerUnknownPapers();
    const session = await counter.ask('cash-session.current', {});
    if (!session.ok) return false;
    if (session.value !== null) return true;
    const opened = await counter.ask('cash-session.open', { float: FLOAT });
    if (opened.ok) drawer.cash = 200_000;
    trace.note(index, 'cash-session', opened.ok ? 'open' : opened.error.code);
    return opened.ok;
  };

  const pay = async (transactionId: string): Promise<string> => {
    for (let reading = 0; reading < READINGS; reading += 1) {
      const draft = await counter.ask('transactions.draft', { transactionId });
      if (!draft.ok) return draft.error.code;
      const { amount, refusals } = draft.value;
      if (amount === null) return refusals[0]?.code ?? 'NO_AMOUNT';
      const { payable } = amount;
      const paid = await counter.ask('transactions.pay', {
        transactionId,
        tendered: payable,
        expectedPayable: payable,
      });
      if (paid.ok) {
        drawer.cash += paid.value.payable;
        return `paid ${String(paid.value.payable)}`;
      }
      if (paid.error.code !== 'AMOUNT_CHANGED') return paid.error.code;
    }
    return 'AMOUNT_CHANGED';
  };

  const serve: Officer['serve'] = async (vehicle, sale) => {
    const found = await counter.ask('vehicles.find', { text: vehicle.nrkb });
    if (!found.ok) return found.error.code;
    const [card] = found.value;
    if (card === undefined) return 'VEHICLE_UNKNOWN';
    const begun = await counter.ask('transactions.begin', { vehicleId: card.vehicleId });
    if (!begun.ok) return begun.error.code;
    const { transactionId } = begun.value;
    pass(time, MINUTE_MS);
    const confirmed = await counter.ask('transactions.confirm', { transactionId, chassisTail: vehicle.chassisTail });
    if (!confirmed.ok) return confirmed.error.code;
    const documents = confirmed.value.documents.map(({ kind }) => ({ kind, present: true }));
    await counter.ask('transactions.set-documents', { transactionId, documents });
    const payer = { ...payerOf(index, sale), blankReason: null, isOwner: true };
    await counter.ask('transactions.set-payer', { transactionId, ...payer });
    pass(time, MINUTE_MS);
    const word = await pay(transactionId);
    if (!word.startsWith('paid')) await counter.ask('transactions.abandon', { transactionId });
    return word;
  };

  return {
    enrol: async (code) => {
      const enrolled = await counter.ask('enrolment.enrol', { provinceUrl: PROVINCE_URL, code });
      if (!enrolled.ok) throw new Error(`counter ${String(index)} was not enrolled: ${enrolled.error.code}`);
    },
    beReady,
    serve,
    sync: async () => {
      const sent = await counter.ask('outbox.send-now', {});
      const word = sent.ok ? `sent ${String(sent.value.pushed)} left ${String(sent.value.unsent)}` : sent.error.code;
      const reason = sent.ok ? '' : String(sent.error.details?.['reason'] ?? '');
      trace.note(index, 'sync', word, reason);
      return word;
    },
    closeDrawer: async () => {
      if (!(await enter())) return;
      const session = await counter.ask('cash-session.current', {});
      if (!session.ok || session.value === null || !chance.happens(0.8)) return;
      const { cashSessionId } = session.value;
      // Blind: nobody tells him the sum. Most evenings he counts it to the rupiah.
      const counts = countOf(chance.happens(0.9) ? drawer.cash : drawer.cash + 1000);
      const counted = await counter.ask('cash-session.count', { cashSessionId, counts });
      const closed = await counter.ask('cash-session.close', { cashSessionId });
      trace.note(
        index,
        'closed',
        counted.ok ? 'counted' : counted.error.code,
        closed.ok ? 'closed' : closed.error.code,
      );
      if (!closed.ok || !chance.happens(0.7)) return;
      const standing = await counter.ask('cash.standing', {});
      if (!standing.ok || standing.value.safe === 0) return;
      slips.count += 1;
      const deposited = await counter.ask('cash.deposit', {
        from: 'safe',
        amount: standing.value.safe,
        depositedOn: localDateAt(time.now),
        bank: 'Bank Jatim',
        slipNumber: `SETOR-${String(index)}-${String(slips.count)}`,
      });
      trace.note(index, 'deposited', deposited.ok ? standing.value.safe : deposited.error.code);
    },
    goHome: async () => {
      const ended = await counter.ask('sign-in.end', {});
      trace.note(index, 'sign-out', ended.ok ? 'ok' : ended.error.code);
    },
  };
}
