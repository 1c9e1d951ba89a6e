import type { StepFinding } from '../../../contract/self-test.ts';
import { type Said, selfTestWords } from '../../../contract/self-test-words.ts';

/** One step: looks at one thing of this computer, leaves everything as it was, and says what it saw. */
export type Step = () => Promise<StepFinding>;

/** What a step measures time with: ms that only rise. */
export type Stopwatch = () => number;

/** A finding; its message is the Indonesian one, of the sheet and of the terminal. */
export function found(
  succeeded: boolean,
  said: Said | readonly Said[],
  payload: StepFinding['payload'] = {},
): StepFinding {
  const sentences = 'sentence' in said ? [said] : [...said];
  return { succeeded, message: selfTestWords(sentences, 'id'), said: sentences, payload };
}

/** A figure for the payload: two decimals are enough for a person. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
