import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SCANNER_TEST_TEXT, type SelfTestNote } from '../../../contract/self-test.ts';
import { NO_BURST, strokeOf } from '../../app/scan-detector.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import styles from './SelfTest.module.css';

/** Hears what a scanner types, quickly or slowly, and tells it when Enter ends it. */
export function ScannerTest({ onRead }: Readonly<{ onRead: (noted: SelfTestNote) => void }>): ReactNode {
  const [typed, setTyped] = useState('');
  const startedAt = useRef(0);
  const tell = useRef(onRead);
  useEffect(() => {
    tell.current = onRead;
  }, [onRead]);
  const read = (text: string, tookMs: number): void => {
    const characters = Math.min(500, text.length);
    tell.current({
      step: 'scanner',
      matched: text === SCANNER_TEST_TEXT,
      characters,
      tookMs: Math.min(60_000, Math.max(0, Math.round(tookMs))),
    });
  };
  useEffect(() => {
    let burst = NO_BURST;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const { startedAtMs } = burst;
      const stroke = strokeOf(burst, event.key, event.timeStamp);
      burst = stroke.burst;
      if (stroke.kind === 'scanned') read(stroke.text, event.timeStamp - startedAtMs);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
  return (
    <div className={styles['hand']}>
      <p>{SELF_TEST_TEXT.scannerHow}</p>
      <TextInput
        label={SELF_TEST_TEXT.scannerField}
        value={typed}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        onChange={(event) => {
          if (typed === '') startedAt.current = event.timeStamp;
          setTyped(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed === '') return;
          // A scanner that is no quicker than a person: what it typed is still in the field.
          read(typed, event.timeStamp - startedAt.current);
          setTyped('');
        }}
      />
    </div>
  );
}
