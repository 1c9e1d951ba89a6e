import {
  type ErrorSentence,
  moneyFact,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from '../error-facts.ts';
import { money } from '../format.ts';

const HAND_OVER_REASONS: Readonly<Record<string, string>> = {
  SAME_PERSON: 'the officer who comes is the one who leaves',
  NOT_AN_OFFICER: 'who comes is not an officer of a counter',
  PIN_LEAVING: 'wrong PIN of the officer who leaves',
  PIN_ARRIVING: 'wrong PIN of the officer who comes',
  LOCKED_OUT: 'one of the PINs is locked after too many wrong tries',
  SUSPENDED: 'one of the officers is suspended',
};

export const DRAWER_ERRORS = {
  CASH_TOTAL_DIFFERS: (details) => ({
    what: `The denominations make ${moneyFact(details, 'counted', 'one amount')}, but the total that was typed is ${moneyFact(details, 'typed', 'another')}.`,
    safe: 'Nothing is saved yet.',
    next: 'Check the number of each denomination, or the total that was typed.',
  }),
  CASH_COUNT_UNLIKELY: (details) => ({
    what: `${String(numberFact(details, 'count') ?? 0)} pieces of ${moneyFact(details, 'denomination', 'one denomination')} are unusual (${String(numberFact(details, 'usual') ?? 0)} as a rule).`,
    safe: 'Nothing is saved yet.',
    next: 'Count that denomination once more. If there really are so many, save it as it is.',
  }),
  CASH_DOES_NOT_ADD_UP: (details) => {
    const difference = numberFact(details, 'difference') ?? 0;
    return {
      what: `What the bank took and refused is ${money(Math.abs(difference))} ${difference > 0 ? 'less' : 'more'} than the courier carried.`,
      safe: UNCHANGED,
      next: 'Compare with the bank’s slip. Money that did not arrive is entered as missing.',
    };
  },
  COURIER_LEG_SETTLED: say(
    'This courier’s deposit was already recorded at the bank.',
    'The earlier record stands, once.',
    'See the list of deposits on the screen Cash session.',
  ),
  CASH_REFUSAL_SETTLED: say(
    'This refused money was already settled.',
    'The earlier record stands, once.',
    'See the cash events on the screen Cash session.',
  ),
  HAND_OVER_REFUSED: (details) => ({
    what: `The drawer is not handed over: ${HAND_OVER_REASONS[textFact(details, 'reason', '')] ?? 'the PINs are not complete'}.`,
    safe: 'The cash session stays with its officer; nothing changed.',
    next: 'Both officers type their own PIN, then try again.',
  }),
} as const satisfies Partial<Readonly<Record<ScreenErrorCode, ErrorSentence>>>;
