import { createCipheriv, randomBytes, sign } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { parseEnrolmentCode } from '../../contract/enrolment-code.ts';
import type { VehicleRecord } from '../../contract/feeds.ts';
import { ENTRY_CONTEXT, type SignedEntry } from '../../contract/journal-entry.ts';
import { ENROL_CONTEXT, enrolAnswerBodySchema, type EnrolAnswer } from '../../contract/sync-protocol.ts';
import { RECEIPT_CONTEXT } from '../../contract/receipt-statement.ts';
import type { Assessment } from '../../domain/assessment.ts';
import { type LedgerLine, reversedLedgerLines, saleLedgerLines } from '../../domain/ledger-lines.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { formatReceiptNumber, nonceTagOf } from '../../domain/receipt-number.ts';
import { roundCash, type Rupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { createSigningKey, type SigningKey, signText } from '../crypto/ed25519.ts';
import { hmac, sha256 } from '../crypto/hashing.ts';
import { createSealingKey, sealTo } from '../crypto/sealed-box.ts';
import { findDevice } from '../enrolment/device-store.ts';
import { enrolDevice, issueEnrolmentCode } from '../enrolment/enrolment.ts';
import { receivePush } from '../ingest/push.ts';
import type { ProvinceContext } from '../province-context.ts';

const MINUTE = 60_000;
const PUSH_ENTRIES = 100;

/** A sale of a demo counter, with what taking it back needs. */
type DemoSale = {
  readonly transactionId: string;
  readonly hash: string;
  readonly receiptNumber: string;
  readonly payable: Rupiah;
  readonly ledgerLines: readonly LedgerLine[];
};

type Said = { readonly type: string; readonly body: object; readonly stream?: string };

/**
 * A counter of the demonstration: enrolled, and its entries signed, sealed and pushed like those of any other. It stands in
 * for programs that run elsewhere; its clock is that of whoever leads it.
 */
export class DemoCounter {
  readonly outletId: string;
  readonly #context: ProvinceContext;
  readonly #key: SigningKey;
  readonly #enrolled: EnrolAnswer;
  readonly #epoch = { n: 1, nonce: randomBytes(8).toString('base64url') };
  readonly #bodyKeys = new Map<string, Uint8Array>();
  #seq = 0;
  #head: string | null = null;
  #unsent: SignedEntry[] = [];
  /** ms UTC of the next entry. */
  at = 0;
  officerId: string | null = null;
  cashSessionId: string | null = null;

  private constructor(context: ProvinceContext, key: SigningKey, enrolled: EnrolAnswer) {
    this.#context = context;
    this.#key = key;
    this.#enrolled = enrolled;
    this.outletId = enrolled.outlet.outletId;
  }

  static async enrol(context: ProvinceContext, outletId: string): Promise<DemoCounter> {
    const issued = await issueEnrolmentCode(context, outletId);
    const code = issued.ok ? parseEnrolmentCode(issued.value.code) : undefined;
    if (code?.ok !== true) throw new Error(`no code for ${outletId}`);
    const key = createSigningKey();
    const text = canonicalJson({
      codeId: code.value.codeId,
      nonce: randomBytes(16).toString('base64url'),
      signingKey: key.publicKey,
      sealingKey: createSealingKey().publicKey,
      keyStoreKind: 'demo',
      appVersion: 'demo',
    });
    const answer = await enrolDevice(context, { text, mac: hmac(code.value.secret, ENROL_CONTEXT.request + text) });
    if (!answer.ok) throw new Error(`${outletId} was not enrolled: ${answer.error}`);
    return new DemoCounter(context, key, enrolAnswerBodySchema.parse(JSON.parse(answer.value.text)));
  }

  get deviceId(): string {
    return this.#enrolled.deviceId;
  }

  get seq(): number {
    return this.#seq;
  }

  get head(): string {
    return this.#head ?? '';
  }

  say({ type, body, stream = uuidV7({ msecs: this.at }) }: Said): string {
    this.#seq += 1;
    const text = canonicalJson({
      v: 1,
      deviceId: this.deviceId,
      epoch: this.#epoch,
      seq: this.#seq,
      prev: this.#head,
      type,
      stream,
      refs: [],
      officerId: this.officerId,
      cashSessionId: this.cashSessionId,
      rulePackId: null,
      registryVersion: null,
      wallMs: this.at,
      monoMs: this.at % 1_000_000_000,
      bootId: 'demo',
      anchorId: null,
      timeTrust: 'anchored',
      body,
      bodyHash: sha256(canonicalJson(body)),
      keyId: this.#key.keyId,
    });
    const hash = sha256(ENTRY_CONTEXT + text);
    const sig = sign(null, Buffer.from(hash, 'base64url'), this.#key.privateKey).toString('base64url');
    this.#unsent.push({ text, hash, sig });
    this.#head = hash;
    this.at += MINUTE;
    return hash;
  }

  /** Sells a vehicle's tax for cash, with its paper; `assessed` is what the rules say of it on that day. */
  sell(record: VehicleRecord, assessed: Assessment, paidOn: LocalDate): DemoSale {
    const charges = assessed.lines.map(({ explanation: _explanation, ...line }) => line);
    const { total } = assessed;
    const { payable, rounding } = roundCash(total, { unit: 100, direction: 'down' });
    const transactionId = uuidV7({ msecs: this.at });
    const periods = [...new Set(charges.map((line) => line.periodDueOn))];
    const receiptNumber = this.#number(this.#seq + 1);
    const statement = {
      deviceId: this.deviceId,
      epoch: this.#epoch,
      seq: this.#seq + 1,
      transactionId,
      nrkb: record.nrkb,
      periods,
      total,
      paidOn,
      timeTrust: 'anchored',
    };
    const sealed = this.#sealed({
      nrkb: record.nrkb,
      ownerName: record.ownerName,
      chassisNumber: record.chassisNumber,
      payerName: record.ownerName,
      payerPhone: null,
      receiptSig: signText(this.#key, RECEIPT_CONTEXT, canonicalJson(statement)),
    });
    const ledgerLines = saleLedgerLines({ charges, agentFee: ZERO_RUPIAH, payable, rounding });
    const hash = this.say({
      type: 'transaction.paid',
      stream: transactionId,
      body: {
        transactionId,
        service: 'annual-tax',
        receiptNumber,
        paidOn,
        arrivedOn: null,
        arrivalId: null,
        figure: 'perkiraan',
        inquiryId: null,
        regency: record.facts['regency'],
        periods,
        lines: charges,
        total,
        rounding,
        payable,
        tendered: payable,
        change: 0,
        agentFee: 0,
        documents: [],
        payerIsOwner: true,
        blankReason: null,
        ledgerLines,
        sealed,
      },
    });
    this.#paper(transactionId, hash);
    return { transactionId, hash, receiptNumber, payable, ledgerLines };
  }

  /** Takes a sale back that was not sent yet, as a supervisor agreed by name. */
  takeBack(sale: DemoSale, approvedBy: string, reason: string): void {
    const { transactionId, receiptNumber, hash: paidHash, payable: returned } = sale;
    const voidNumber = this.#number(this.#seq + 1);
    const ledgerLines = reversedLedgerLines(sale.ledgerLines);
    const body = { transactionId, voidNumber, receiptNumber, paidHash, reason, approvedBy, returned, ledgerLines };
    this.say({ type: 'transaction.voided', stream: transactionId, body });
  }

  /** Everything that waits goes into custody, like over a line. */
  async push(): Promise<void> {
    const device = await findDevice(this.#context.db, this.deviceId);
    if (device === undefined) throw new Error('a demo counter is not enrolled');
    const subjectKeys = [];
    for (const [subject, key] of this.#bodyKeys) {
      subjectKeys.push({ subject, jwe: await sealTo(this.#context.keys.sealing.publicKey, key) });
    }
    this.#bodyKeys.clear();
    for (let from = 0; from < this.#unsent.length; from += PUSH_ENTRIES) {
      const entries = this.#unsent.slice(from, from + PUSH_ENTRIES);
      const request = { entries, subjectKeys: from === 0 ? subjectKeys : [], damaged: [], voidsFollow: [] };
      const taken = await receivePush(this.#context, device, request);
      if (!taken.ok || taken.value.answer !== 'STORED') throw new Error(`a demo push was not stored: ${this.outletId}`);
    }
    this.#unsent = [];
  }

  #paper(transactionId: string, hash: string): void {
    const jobId = uuidV7({ msecs: this.at });
    const asked = { jobId, kind: 'receipt', copyNo: 0, reason: null, printer: 'demo', paperHash: sha256(hash) };
    this.say({ type: 'print.requested', stream: transactionId, body: asked });
    this.say({ type: 'print.settled', stream: transactionId, body: { jobId, result: 'printed', detail: null } });
  }

  #number(seq: number): string {
    const { outlet, deviceNo } = this.#enrolled;
    const nonceTag = nonceTagOf(Buffer.from(this.#epoch.nonce, 'base64url').toString('hex'));
    return formatReceiptNumber({ outletCode: outlet.outletId, deviceNo, epochN: this.#epoch.n, nonceTag, seq });
  }

  #sealed(value: object) {
    const [subject, key, nonce] = [uuidV7({ msecs: this.at }), randomBytes(32), randomBytes(12)];
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(subject));
    const bytes = Buffer.concat([cipher.update(canonicalJson(value)), cipher.final(), cipher.getAuthTag()]);
    this.#bodyKeys.set(subject, key);
    return { subject, nonce: nonce.toString('base64url'), ciphertext: bytes.toString('base64url') };
  }
}
