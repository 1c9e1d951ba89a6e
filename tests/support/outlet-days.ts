import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import {
  regionDayAnswerSchema,
  regionDayEntriesAnswerSchema,
  regionDaysAnswerSchema,
  regionDayTransactionsAnswerSchema,
} from '../../src/contract/region-day.ts';
import { regionAnswerSchema, regionMonthAnswerSchema, regionQueueAnswerSchema } from '../../src/contract/region.ts';
import { regionOutcomesAnswerSchema } from '../../src/contract/region-words.ts';
import { regionDayPaperAnswerSchema } from '../../src/contract/day-paper.ts';
import { regionQualityAnswerSchema, regionSignalsAnswerSchema } from '../../src/contract/region-insight.ts';
import type { SupervisionType } from '../../src/province/ingest/day-writes.ts';
import { appointDevice } from '../../src/province/approvals/supervisors.ts';
import {
  closeLedgerLines,
  depositLedgerLines,
  floatLedgerLines,
  openFloatLedgerLines,
} from '../../src/domain/ledger-lines.ts';
import { storedLedgerLines } from '../../src/domain/drawer-lines.ts';
import { type LocalDate, startOfLocalDate } from '../../src/domain/local-date.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { TestDevice } from './test-device.ts';
import type { TestProvince } from './test-province.ts';
import { makeSale } from './test-sale.ts';

const HOUR = 3_600_000;

/** A device of an outlet, enrolled in its smallest form. */
export async function counterOf(province: TestProvince, outletId: string): Promise<TestDevice> {
  return TestDevice.enrol(province.server, await province.code(outletId));
}

/** A cash session of a counter on a day, entry by entry; amounts in whole rupiah. */
export class CounterDay {
  readonly device: TestDevice;
  readonly on: LocalDate;
  readonly sessionId = uuidV7();
  readonly officerId: string;
  readonly #province: TestProvince;
  #drawer = 0;
  #float = 0;
  #sales = 0;
  #salesTotal = 0;
  #at: number;

  constructor(province: TestProvince, device: TestDevice, on: LocalDate, officerId: string) {
    this.#province = province;
    this.device = device;
    this.on = on;
    this.officerId = officerId;
    this.#at = startOfLocalDate(on) + 8 * HOUR;
  }

  #append(type: string, body: Readonly<Record<string, unknown>>, inSession = true) {
    this.#at += 60_000;
    const { officerId, sessionId } = this;
    const cashSessionId = inSession ? sessionId : null;
    return this.device.append({ type, body, officerId, cashSessionId, wallMs: this.#at });
  }

  open(float = 0): this {
    const ledgerLines = openFloatLedgerLines(rupiah(float));
    this.#append('cash-session.opened', { float: [], total: float, ledgerLines });
    [this.#drawer, this.#float] = [float, float];
    return this;
  }

  /** Sells the tax of a vehicle of the province; answers its transaction. */
  async sell(nrkb: string) {
    this.#at += 60_000;
    const sale = makeSale(this.device, await this.#province.vehicle(nrkb), {
      paidOn: this.on,
      rules: this.#province.rules,
      officerId: this.officerId,
      cashSessionId: this.sessionId,
      wallMs: this.#at,
    });
    const taken = Math.floor(sale.total / 100) * 100;
    this.#drawer += taken;
    this.#sales += 1;
    this.#salesTotal += taken;
    return sale;
  }

  get taken(): number {
    return this.#salesTotal;
  }

  move(direction: 'in' | 'out', amount: number): this {
    const ledgerLines = floatLedgerLines(direction, rupiah(amount));
    this.#append('cash.moved', { movementId: uuidV7(), direction, amount, reason: 'receh', ledgerLines });
    this.#drawer += direction === 'in' ? amount : -amount;
    this.#float += direction === 'in' ? amount : -amount;
    return this;
  }

  store(amount: number): this {
    const ledgerLines = storedLedgerLines(rupiah(amount));
    this.#append('cash.stored', { movementId: uuidV7(), amount, ledgerLines });
    this.#drawer -= amount;
    return this;
  }

  /** Counts and closes; `variance` is what is missing. Answers the hash of the close. */
  close(variance = 0): string {
    const counted = rupiah(this.#drawer - variance);
    this.#append('cash-session.counted', { counts: [], total: counted });
    const expected = rupiah(this.#drawer);
    const ledgerLines = closeLedgerLines({ counted, expected, floatReturned: rupiah(Math.min(this.#float, counted)) });
    const { hash } = this.#append('cash-session.closed', {
      counted,
      expected,
      variance: rupiah(variance),
      sales: this.#sales,
      salesTotal: rupiah(this.#salesTotal),
      firstSeq: 1,
      lastSeq: this.device.chain.length,
      head: this.device.head?.hash,
      ledgerLines,
    });
    return hash;
  }

  /** Brings cash out of the safe to the bank after the close. */
  deposit(amount: number, slipNumber = `STS-${uuidV7().slice(-6)}`): string {
    const depositId = uuidV7();
    const ledgerLines = depositLedgerLines('safe-or-courier', rupiah(amount));
    const of = { depositId, amount, depositedOn: this.on, bank: 'Bank Jatim', slipNumber };
    this.#append('cash.deposited', { ...of, ledgerLines }, false);
    return depositId;
  }
}

/** What each question answers by the contract: every answer of a test is parsed as the counter parses it. */
const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  '': regionAnswerSchema,
  '/days': regionDaysAnswerSchema,
  '/day': regionDayAnswerSchema,
  '/day-transactions': regionDayTransactionsAnswerSchema,
  '/day-entries': regionDayEntriesAnswerSchema,
  '/day-paper': regionDayPaperAnswerSchema,
  '/queue': regionQueueAnswerSchema,
  '/month': regionMonthAnswerSchema,
  '/signals': regionSignalsAnswerSchema,
  '/quality': regionQualityAnswerSchema,
  '/outcomes': regionOutcomesAnswerSchema,
};

/** A supervisor at his own device: asks, and sends his words. */
export class SupervisorDesk {
  readonly device: TestDevice;
  readonly supervisorId: string;

  private constructor(device: TestDevice, supervisorId: string) {
    this.device = device;
    this.supervisorId = supervisorId;
  }

  static async of(province: TestProvince, supervisorId: string, outletId: string): Promise<SupervisorDesk> {
    const device = await counterOf(province, outletId);
    const appointed = await appointDevice(province.province.context, supervisorId, device.deviceId);
    if (!appointed.ok) throw new Error(appointed.error);
    return new SupervisorDesk(device, supervisorId);
  }

  /** Status and JSON of an answer, whatever it is. */
  async ask(path: string, payload: Readonly<Record<string, unknown>> = {}) {
    return this.device.request('POST', `/v1/region${path}`, { supervisorId: this.supervisorId, ...payload });
  }

  /** Status and JSON of a question or an act about people. */
  async askPeople(path: string, payload: Readonly<Record<string, unknown>> = {}) {
    return this.device.request('POST', `/v1/people${path}`, { supervisorId: this.supervisorId, ...payload });
  }

  /** The answer of a question that is allowed. */
  async get<T>(path: string, payload: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const { status, json } = await this.ask(path, payload);
    if (status !== 200) throw new Error(`${path} answered ${String(status)}: ${JSON.stringify(json)}`);
    return ANSWERS[path]?.parse(json) as T; // the caller names the type of this very schema
  }

  /** Appends a word without sending it. */
  say(type: SupervisionType, body: Readonly<Record<string, unknown>>, wallMs?: number): string {
    const { supervisorId: officerId } = this;
    const word = { type, body: { delegationId: null, ...body }, officerId };
    return this.device.append(wallMs === undefined ? word : { ...word, wallMs }).hash;
  }

  async send(): Promise<void> {
    const receipt = this.device.receiptOf(await this.device.push(this.device.chain));
    const refused = receipt.verdicts.filter(({ verdict }) => verdict.verdict === 'QUARANTINED');
    if (refused.length > 0) throw new Error(`not in order: ${JSON.stringify(refused)}`);
  }

  /** Sends one word and answers what became of it. */
  async decide(type: SupervisionType, body: Readonly<Record<string, unknown>>) {
    const hash = this.say(type, body);
    await this.send();
    return this.outcome(hash);
  }

  async outcome(hash: string) {
    const { outcomes } = await this.get<{
      outcomes: { state: string; refusal: string | null; firstBy: { officerId: string } | null }[];
    }>('/outcomes', { hashes: [hash] });
    return outcomes[0];
  }
}
