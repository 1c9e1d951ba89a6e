import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSlipProof } from '../../../src/contract/slip-statement.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { enterAs, openForBusiness, prepared, sellOffline, unlock } from '../../support/at-the-counter.ts';
import { copiedCounter, restarted, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const PLATE = 'AG 2345 KD';
const LATE = 'AG 3456 EF';
const DAY = 86_400_000;
const PERSON = { name: 'Khoirunnisa Antre', phone: '0857-1234-9876' };

describe('the queue', () => {
  const folder = useEnrolledFolder();
  const open = async (): Promise<TestCounter> => openForBusiness(await copiedCounter(folder()));
  const nextDay = async (counter: TestCounter): Promise<void> => {
    counter.clock.pass(DAY);
    await unlock(counter);
  };
  const issue = (counter: TestCounter, reason: 'walk-in' | 'outage' = 'walk-in', nrkb: string | null = null) =>
    counter.get('queue.issue', { reason, nrkb });
  const waiting = async (counter: TestCounter) =>
    (await counter.get('queue.list', {})).waiting.map(({ ticketNumber, issuedOn, place }) => [
      place,
      issuedOn,
      ticketNumber,
    ]);

  it('gives numbers from 1 every day, each with a paper that proves it', async () => {
    const counter = await open();
    const { ticket, printJobId } = await issue(counter, 'walk-in', PLATE);
    expect(ticket).toMatchObject({ ticketNumber: 1, place: 1, state: 'waiting', issuedOn: '2026-03-10', nrkb: PLATE });
    expect(printJobId).not.toBeNull();
    const paper = counter.printers.papers.at(-1);
    expect(paper?.document.head).toMatchObject({ kind: 'ticket', mark: '1' });
    const qr = paper?.document.blocks.find((block) => block.kind === 'qr')?.payload ?? '';
    expect(decodeSlipProof(qr)?.statement).toMatchObject({
      kind: 'ticket',
      number: '1',
      subject: PLATE,
      on: '2026-03-10',
    });
    expect((await issue(counter)).ticket).toMatchObject({ ticketNumber: 2, place: 2 });
    await nextDay(counter);
    expect((await issue(counter)).ticket).toMatchObject({ ticketNumber: 1, place: 1, issuedOn: '2026-03-11' });
  });

  it('calls those whom the outage of an earlier day sent home first, and forgets who merely left', async () => {
    const counter = await open();
    await issue(counter);
    await issue(counter, 'outage');
    counter.clock.pass(60_000);
    await issue(counter, 'outage');
    await nextDay(counter);
    await issue(counter);
    expect(await waiting(counter)).toEqual([
      [1, '2026-03-10', 2],
      [2, '2026-03-10', 3],
      [3, '2026-03-11', 1],
    ]);
  });

  it('keeps the place of a proved arrival for a plate, whatever ticket it takes later, and gives it one number a day', async () => {
    const counter = await open();
    const { transactionId } = await prepared(counter, LATE);
    await counter.get('transactions.record-arrival', { transactionId });
    await nextDay(counter);
    await issue(counter);
    const proved = await issue(counter, 'walk-in', LATE);
    expect(proved.ticket).toMatchObject({ ticketNumber: 2, place: 1 });
    expect(counter.printers.papers.at(-1)?.text).toContain('dihitung dari kedatangan 10 Mar 2026');
    const again = await issue(counter, 'walk-in', LATE);
    expect(again).toEqual(proved);
    expect(counter.bodies('queue.ticket-issued')).toHaveLength(2);
    expect(await waiting(counter)).toEqual([
      [1, '2026-03-11', 2],
      [2, '2026-03-11', 1],
    ]);
  });

  it('calls two who came on the same day before in the order of their arrivals, not of their tickets', async () => {
    const counter = await open();
    const { transactionId } = await prepared(counter, LATE);
    await counter.get('transactions.record-arrival', { transactionId });
    counter.clock.pass(60_000);
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', ...PERSON, blankReason: null });
    await nextDay(counter);
    await issue(counter, 'walk-in', 'AG 9 ZZZ');
    await issue(counter, 'walk-in', LATE);
    const { waiting: called } = await counter.get('queue.list', {});
    expect(called.map(({ nrkb }) => nrkb)).toEqual([LATE, 'AG 9 ZZZ']);
  });

  it('lets a ticket be settled once, and counts what was settled today', async () => {
    const counter = await open();
    const { ticket } = await issue(counter);
    const sale = await sellOffline(counter, PLATE);
    const settle = { ticketId: ticket.ticketId, outcome: 'served', transactionId: sale.transactionId } as const;
    const foreign = { ...settle, transactionId: ticket.ticketId };
    expect(await counter.refusal('queue.settle', foreign)).toMatchObject({ code: 'TRANSACTION_UNKNOWN' });
    await counter.get('queue.settle', settle);
    expect(await counter.refusal('queue.settle', settle)).toMatchObject({ code: 'TICKET_SETTLED' });
    const unknown = { ...settle, ticketId: sale.transactionId };
    expect(await counter.refusal('queue.settle', unknown)).toMatchObject({ code: 'TICKET_UNKNOWN' });
    expect(await counter.get('queue.list', {})).toEqual({ waiting: [], settledToday: 1 });
    expect(counter.bodies('queue.ticket-settled')).toEqual([
      { ticketId: ticket.ticketId, outcome: 'served', transactionId: sale.transactionId },
    ]);
    await nextDay(counter);
    expect(await counter.get('queue.list', {})).toMatchObject({ settledToday: 0 });
  });

  it('gives ten who come at once ten numbers', async () => {
    const counter = await open();
    const given = await Promise.all(Array.from({ length: 10 }, () => issue(counter)));
    expect(given.map(({ ticket }) => ticket.ticketNumber).toSorted((left, right) => left - right)).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
  });

  it('shows names to who asks, writes down one look for each, and holds none of them in clear', async () => {
    const counter = await open();
    await counter.get('queue.issue', { reason: 'walk-in', nrkb: PLATE, ...PERSON });
    await issue(counter);
    for (let look = 0; look < 3; look += 1) {
      expect((await counter.get('queue.list', {})).waiting[0]).toMatchObject({ ...PERSON, nrkb: PLATE });
    }
    expect(counter.bodies('personal-data.viewed').filter(({ what }) => what === 'queue')).toEqual([
      { what: 'queue', count: 1 },
    ]);
    const [issued] = counter.bodies('queue.ticket-issued');
    expect(issued?.sealed?.subject).toBe(issued?.ticketId);
    const again = await restarted(counter);
    await enterAs(again, 'petugas-1');
    expect(await waiting(again)).toHaveLength(2);
    expect(again.bodies('personal-data.viewed').filter(({ what }) => what === 'queue')).toHaveLength(2);
    await again.stop();
    const file = readFileSync(join(again.config.dataDir, DATABASE_FILE));
    for (const secret of ['Khoirunnisa', PERSON.phone, PLATE]) {
      expect(file.includes(secret), secret).toBe(false);
      expect(file.includes(Buffer.from(secret, 'utf16le')), secret).toBe(false);
    }
  });

  it('forgets a person with his arrival, also on the tickets that he took for it, and keeps the numbers', async () => {
    const counter = await open();
    const { arrival } = await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', ...PERSON, blankReason: null });
    const { ticket } = await counter.get('queue.issue', { reason: 'walk-in', nrkb: 'AG 9 ZZZ', ...PERSON });
    const lone = await counter.get('queue.issue', { reason: 'walk-in', nrkb: null, ...PERSON });
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'pengawas');
    for (const transactionId of [arrival.arrivalId, lone.ticket.ticketId, lone.ticket.ticketId]) {
      await counter.get('transactions.erase-person', { transactionId, reason: 'permintaan pemilik data' });
    }
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    expect((await counter.get('queue.list', {})).waiting).toMatchObject([
      { ticketNumber: 1, name: null, phone: null, nrkb: null },
      { ticketNumber: 2, name: null, phone: null, nrkb: null },
    ]);
    const erased = counter.bodies('subject-key.erased').map(({ subject }) => subject);
    expect(new Set(erased)).toEqual(new Set([arrival.arrivalId, ticket.ticketId, lone.ticket.ticketId]));
    expect(erased).toHaveLength(3);
    expect(counter.rows('SELECT count(*) AS keys FROM subject_key')).toEqual([{ keys: 0 }]);
  });
});
