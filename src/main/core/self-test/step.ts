import type { StepFinding } from '../../../contract/self-test.ts';

/** One step: looks at one thing of this computer, leaves everything as it was, and says what it saw. */
export type Step = () => Promise<StepFinding>;

/** What a step measures time with: ms that only rise. */
export type Stopwatch = () => number;

export const found = (succeeded: boolean, message: string, payload: StepFinding['payload'] = {}): StepFinding => ({
  succeeded,
  message,
  payload,
});

/** A figure for the payload: two decimals are enough for a person. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
