import type { Api } from '../../src/contract/api.ts';
import type { SentInputOf } from '../../src/contract/procedure.ts';
import { tailOf } from './at-the-counter.ts';
import type { TestCounter } from './test-counter.ts';

export type EmergencyTyped = SentInputOf<Api['emergency.enter']>;

const PLATE = 'AG 2345 KD';

/** The id of the n-th sheet of a test. */
export const paperId = (n: number): string => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Registers a book of 25 sheets, from 1 on. */
export async function withBook(counter: TestCounter): Promise<TestCounter> {
  await counter.get('emergency.receive-book', { from: 1, to: 25, note: 'SP-1' });
  return counter;
}

/** What an officer types: the first sheet of the book, of a vehicle that the registry knows, without a photo. */
export function typedSheet(counter: TestCounter, over: Partial<EmergencyTyped> = {}): EmergencyTyped {
  return {
    transactionId: paperId(1),
    bookNumber: 1,
    paperAt: counter.clock.wallMs() - 3_600_000,
    nrkb: PLATE,
    chassisTail: tailOf(PLATE),
    amount: 344_788,
    payerName: 'Budi Pembayar',
    noPhotoReason: 'kamera ikut mati',
    ...over,
  };
}
