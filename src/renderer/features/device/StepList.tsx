import type { ReactNode } from 'react';
import { HAND_STEPS, type SelfTestStep, type StepResult } from '../../../contract/self-test.ts';
import { SELF_TEST_TEXT, STEP_TEXT } from '../../text/self-test-text.ts';
import styles from './SelfTest.module.css';

/** A step with its newest result. */
export type StepRow = Readonly<{ step: SelfTestStep; result: StepResult | undefined; running: boolean }>;

const MARKS = { good: '✓', bad: '!', none: '·', running: '…' } as const;

function stateOf({ result, running }: StepRow): keyof typeof MARKS {
  if (running) return 'running';
  return result === undefined ? 'none' : result.succeeded ? 'good' : 'bad';
}

const STATE_WORDS: Readonly<Record<keyof typeof MARKS, string>> = {
  good: SELF_TEST_TEXT.good,
  bad: SELF_TEST_TEXT.bad,
  none: SELF_TEST_TEXT.notRun,
  running: SELF_TEST_TEXT.running,
};

/** The steps, each with its mark and its word; one is chosen. */
export function StepList({
  rows,
  chosen,
  onChoose,
}: Readonly<{ rows: readonly StepRow[]; chosen: SelfTestStep; onChoose: (step: SelfTestStep) => void }>): ReactNode {
  return (
    <ul className={styles['list']} aria-label={SELF_TEST_TEXT.list}>
      {rows.map((row) => {
        const state = stateOf(row);
        const isHand = HAND_STEPS.some((one) => one === row.step);
        return (
          <li key={row.step}>
            <button
              type="button"
              className={styles['step']}
              data-state={state}
              aria-current={row.step === chosen ? 'step' : undefined}
              onClick={() => onChoose(row.step)}
            >
              <span aria-hidden className={styles['mark']}>
                {MARKS[state]}
              </span>
              <strong>{STEP_TEXT[row.step]}</strong>
              <span className={styles['state']}>
                {state === 'none' && isHand ? SELF_TEST_TEXT.byHand : STATE_WORDS[state]}
              </span>
              <span className={styles['when']}>
                {row.result === undefined ? '' : SELF_TEST_TEXT.tookAt(row.result.at, row.result.tookMs)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
