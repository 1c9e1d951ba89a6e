import type { SupervisionRefusal } from '../../../contract/region-words.ts';
import type { OthersWord, RegionWord } from '../../../contract/views-region.ts';
import { count, dateTime, shortDay } from '../format.ts';

export const WORD_REFUSALS: Readonly<Record<SupervisionRefusal, string>> = {
  SESSION_UNKNOWN: 'Bapenda does not know that cash session',
  ITEM_UNKNOWN: 'Bapenda does not know that entry',
  ITEM_ALREADY_SIGNED: 'that entry is signed and changes no more',
  PART_UNKNOWN: 'that part is no longer there',
  DAY_NOT_COMPLETE: 'that day is not complete: a session is open, or something has not arrived',
  ITEMS_CHANGED: 'the day changed since you saw it',
  ALREADY_SIGNED: 'signed already',
  OWN_WORK: 'you worked at that outlet on that day',
  NOT_CLOSED: 'the close of that day is not signed',
  NOT_SETTLED: 'a difference is not explained yet',
  NOT_APPOINTED: 'this device is not appointed to you',
  OUT_OF_SCOPE: 'that outlet was not of your region on that day',
  DAY_UNKNOWN: 'Bapenda does not know that day',
  DIFFERENCE_NEEDS_NOTE: 'this difference needs a note',
  SUBJECT_UNKNOWN: 'Bapenda does not know that request',
  ALREADY_DECIDED: 'decided already',
  NOT_NOW: 'things have changed; Bapenda cannot apply it now',
};

const TYPE_WORDS: Readonly<Record<RegionWord['type'], string>> = {
  'day.close-signed': 'Close',
  'day.reconciliation-signed': 'Reconciliation',
  'day.item-held': 'Held',
  'day.item-returned': 'Sent back',
  'day.item-settled': 'Let go',
  'day.queue-decided': 'Decision',
};
const DECISION_WORDS = { approved: 'approved', refused: 'refused', seen: 'seen' };
const STATES = {
  unsent: 'waits to be sent',
  sent: 'at Bapenda, waits for its answer',
  applied: 'counts',
  'not-applied': 'not applied',
};

export const WORD_TEXT = {
  pin: (name: string): string => `PIN of ${name}`,
  pinHow: 'Type your PIN once more: it stands for your signature.',
  note: 'Note',
  noteHow: 'One sentence; kept with the signature.',
  cancel: 'Back',
  wordsTitle: 'Your decisions',
  about: (word: Pick<RegionWord, 'type' | 'decision' | 'part' | 'businessOn'>): string => {
    const act = TYPE_WORDS[word.type];
    const decided = word.decision === null ? '' : ` ${DECISION_WORDS[word.decision]}`;
    const supplement = word.part === null || word.part === 0 ? '' : `, supplement ${count(word.part)}`;
    return word.businessOn === null ? `${act}${decided}` : `${act} ${shortDay(word.businessOn)}${supplement}`;
  },
  state: STATES,
  outcome: (word: RegionWord): string => {
    if (word.state !== 'not-applied') return STATES[word.state];
    const why = word.refusal === null ? 'refused by Bapenda' : WORD_REFUSALS[word.refusal];
    return word.firstBy === null
      ? `Not applied: ${why}.`
      : `Not applied: ${why} by ${word.firstBy.name}, ${dateTime(word.firstBy.at)}.`;
  },
  summary: (words: readonly RegionWord[]): string => {
    const of = (state: RegionWord['state']): number => words.filter((one) => one.state === state).length;
    const parts: readonly (readonly [number, string])[] = [
      [of('applied'), 'count'],
      [of('not-applied'), 'not applied'],
      [of('sent'), 'wait for the answer of Bapenda'],
      [of('unsent'), 'wait to be sent'],
    ];
    return parts.flatMap(([many, word]) => (many === 0 ? [] : [`${count(many)} ${word}`])).join(', ');
  },
  othersTitle: 'Decided by somebody else',
  decidedBy: ({ by, at }: Pick<OthersWord, 'by' | 'at'>): string => `Decided ${dateTime(at)} by ${by.name}`,
  told: (words: readonly OthersWord[]): string =>
    words.length === 1 && words[0] !== undefined
      ? `${words[0].outletName}: decided by ${words[0].by.name}.`
      : `${count(words.length)} things were decided by others.`,
  yoursNot: 'Your decision came after it and was not applied.',
  typedStays:
    'What you typed is still here below and was not sent. Nothing is asked of you; close this sheet when you have read it.',
  restStays: 'That day leaves this list; the others can still be signed.',
  understood: 'Understood',
  safe: 'Every decision is kept on this device and leaves by itself as soon as there is a line.',
};
