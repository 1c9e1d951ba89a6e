import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APPROVAL_ACTIONS,
  BINDING_CONTEXT,
  bindingText,
  codeFromMac,
  countingDay,
  isRequestAlive,
  isUnconfirmed,
  mayApproveAct,
  mayBeRemote,
  mayTryCode,
  raisedCap,
  TRIES_PER_REQUEST,
  WRONG_CODES_PER_DAY,
} from '../../src/domain/approval.ts';
import {
  type ApprovalRequest,
  codeText,
  fitsRequest,
  inGroups,
  listCodeText,
  parseApprovalRequest,
  requestCharacters,
  tagOf,
} from '../../src/domain/approval-request.ts';
import { CAP_NAMES } from '../../src/domain/delivery-policy.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';

const NOW = Date.UTC(2026, 10, 22, 5);
const SLOT_MS = 300_000;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const [FIRST, SECOND] = ['2026-11-22' as LocalDate, '2026-11-23' as LocalDate];

const tag = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(tagOf);
const request: fc.Arbitrary<ApprovalRequest> = fc.record({
  action: fc.constantFrom(...APPROVAL_ACTIONS),
  deviceTag: tag,
  amount: fc.integer({ min: -(2 ** 34) + 1, max: 2 ** 34 - 1 }),
  head: tag,
  nonce: tag,
  askedAt: fc.integer({ min: NOW - 20 * 86_400_000, max: NOW }),
});
const binding = fc.record({
  action: fc.constantFrom(...APPROVAL_ACTIONS),
  subject: fc.string({ minLength: 1, maxLength: 60 }),
  amount: fc.maxSafeInteger(),
  contentHash: fc.string({ minLength: 1, maxLength: 43 }),
  nonce: tag,
  deviceId: fc.uuid(),
});

describe('what an approval is bound to', () => {
  it('is another text whenever any field is another', () => {
    fc.assert(
      fc.property(binding, binding, (one, other) => {
        const changed = (['action', 'subject', 'amount', 'contentHash', 'nonce', 'deviceId'] as const).map((field) => ({
          isSame: one[field] === other[field],
          text: bindingText({ ...one, [field]: other[field] }),
        }));
        for (const { isSame, text } of changed) expect(text === bindingText(one)).toBe(isSame);
      }),
    );
  });

  it('does not depend on the order in which somebody wrote its fields, and takes whole amounts only', () => {
    fc.assert(
      fc.property(binding, (one) => {
        const turned = Object.fromEntries(Object.entries(one).toReversed());
        expect(bindingText({ ...one, ...turned })).toBe(bindingText(one));
        expect(() => bindingText({ ...one, amount: 0.5 })).toThrow('not a whole amount: 0.5');
      }),
    );
  });
});

describe('a short request', () => {
  it('says what was asked, to five minutes, however it is typed', () => {
    fc.assert(
      fc.property(request, fc.boolean(), (asked, isLoud) => {
        const grouped = inGroups(requestCharacters(asked));
        expect(grouped.split(' ').map((group) => group.length)).toEqual([4, 4, 4, 4, 4, 4, 4]);
        const typed = isLoud ? grouped : grouped.toLowerCase().replaceAll(' ', '-').replaceAll('0', 'o');
        const read = parseApprovalRequest(typed, NOW);
        if (!read.ok) throw new Error(read.error);
        const { characters, askedAt, ...rest } = read.value;
        expect({ ...rest, askedAt: Math.floor(asked.askedAt / SLOT_MS) * SLOT_MS }).toEqual({
          ...asked,
          askedAt: Math.floor(asked.askedAt / SLOT_MS) * SLOT_MS,
        });
        expect(askedAt).toBe(Math.floor(asked.askedAt / SLOT_MS) * SLOT_MS);
        expect(characters).toBe(grouped.replaceAll(' ', ''));
      }),
    );
  });

  it('is refused with any one character wrong and with any two neighbours swapped', () => {
    fc.assert(
      fc.property(request, fc.nat(27), fc.integer({ min: 1, max: 31 }), (asked, place, step) => {
        const text = requestCharacters(asked);
        const at = (index: number): string => text.charAt(index);
        const wrong = ALPHABET.charAt((ALPHABET.indexOf(at(place)) + step) % 32);
        expect(parseApprovalRequest(text.slice(0, place) + wrong + text.slice(place + 1), NOW).ok).toBe(false);
        if (place === 27 || at(place) === at(place + 1)) return;
        const swapped = text.slice(0, place) + at(place + 1) + at(place) + text.slice(place + 2);
        expect(parseApprovalRequest(swapped, NOW).ok).toBe(false);
      }),
    );
  });

  it('answers every other text with a reason, and throws at none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 28, maxLength: 28 })),
        (text) => {
          const read = parseApprovalRequest(text, NOW);
          expect(read.ok || ['NOT_A_REQUEST', 'WRONG_CHECK_CHARACTERS'].includes(read.error)).toBe(true);
        },
      ),
    );
  });

  it('carries no amount that it cannot hold', () => {
    expect([0, 2 ** 34 - 1, -(2 ** 34) + 1].every(fitsRequest)).toBe(true);
    expect([2 ** 34, -(2 ** 34), 0.5, Number.NaN].some(fitsRequest)).toBe(false);
    const asked = { action: 'void', deviceTag: '00000', head: '00000', nonce: '00000', askedAt: NOW } as const;
    expect(() => requestCharacters({ ...asked, amount: 2 ** 34 })).toThrow(RangeError);
    expect(() => requestCharacters({ ...asked, amount: 1, head: '0' })).toThrow(RangeError);
  });

  it('is signed in a context of its own: no code of it is one of a list, nor of another counter', () => {
    expect(codeText('a', 'X')).not.toBe(listCodeText('a', 1, 1));
    expect(codeText('a', 'X')).not.toBe(codeText('b', 'X'));
    expect(listCodeText('a', 1, 11)).not.toBe(listCodeText('a', 11, 1));
  });
});

describe('a code', () => {
  it('is eight digits out of the first 64 bits, and another MAC is nearly always another code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 32 }), (mac) => {
        const value = mac.slice(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
        expect(codeFromMac(mac)).toBe(String(value % 100_000_000n).padStart(8, '0'));
      }),
    );
    expect(() => codeFromMac(new Uint8Array(7))).toThrow('at least 64 bits');
  });

  it('may be tried three times for a request and ten times a day, whichever is reached first', () => {
    for (let wrong = 0; wrong <= WRONG_CODES_PER_DAY; wrong += 1) {
      for (let tries = 0; tries <= TRIES_PER_REQUEST; tries += 1) {
        const may = mayTryCode({ triesOfRequest: tries, wrongToday: wrong });
        const left = Math.min(TRIES_PER_REQUEST - tries, WRONG_CODES_PER_DAY - wrong);
        expect(may.ok).toBe(left > 0);
        if (may.ok) expect(may.value.triesLeft).toBe(left);
        else expect(may.error).toBe(wrong === WRONG_CODES_PER_DAY ? 'DAY_SPENT' : 'REQUEST_SPENT');
      }
    }
  });

  it('counts on the newest day that ever counted', () => {
    expect(countingDay(FIRST, null)).toBe(FIRST);
    expect(countingDay(FIRST, SECOND)).toBe(SECOND);
    expect(countingDay(SECOND, FIRST)).toBe(SECOND);
  });
});

describe('an approval', () => {
  it('lives on its own day alone, also for a clock that is set back', () => {
    expect([isRequestAlive(FIRST, FIRST), isRequestAlive(FIRST, SECOND), isRequestAlive(SECOND, FIRST)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('of what takes a sale back is given from afar only where policy lets it be', () => {
    for (const action of APPROVAL_ACTIONS) {
      expect(mayBeRemote(action, 'remote-allowed')).toBe(true);
      expect(mayBeRemote(action, 'same-place')).toBe(!['void', 'cancellation'].includes(action));
    }
  });

  it('is a case only when it is not confirmed and its days are over', () => {
    const of = (confirmed: boolean, days: number): boolean =>
      isUnconfirmed({ usedOnMs: NOW, confirmed }, NOW + days * 86_400_000, 3);
    expect([of(false, 3), of(false, 3.01), of(true, 30)]).toEqual([false, true, false]);
  });

  it('raises each cap of the policy by an action of its own, and no other action raises one', () => {
    const raised = APPROVAL_ACTIONS.flatMap((action) => raisedCap(action) ?? []);
    expect(raised).toEqual([...CAP_NAMES]);
  });
});

describe('who approves', () => {
  const act = { subject: 'petugas-3' };

  it('is a supervisor who neither asked for the act nor is its subject', () => {
    const by = (personId: string, role: 'officer' | 'supervisor', askedBy: string | null = 'petugas-1') => {
      const may = mayApproveAct({ personId, role }, askedBy, act);
      return may.ok ? 'yes' : may.error;
    };
    expect(by('pengawas', 'supervisor')).toBe('yes');
    expect(by('pengawas', 'supervisor', null)).toBe('yes');
    expect(by('petugas-1', 'supervisor')).toBe('SAME_PERSON');
    expect(by('petugas-3', 'supervisor')).toBe('SAME_PERSON');
    expect(by('petugas-2', 'officer')).toBe('NOT_A_SUPERVISOR');
  });
});

describe('a code as it is typed', () => {
  it('belongs to a binding in a context of its own', () => {
    expect(BINDING_CONTEXT).toBe('opop/approval/1\0');
  });
});
