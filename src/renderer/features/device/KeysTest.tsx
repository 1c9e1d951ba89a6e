import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { SelfTestNote } from '../../../contract/self-test.ts';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import { SELF_TEST_TEXT } from '../../text/self-test-text.ts';
import { chordText } from '../../../contract/desk-keys.ts';
import { KEY_ACTIONS, KEY_MAP } from '../../ui/keyboard/key-map.ts';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Device.module.css';

const F_KEY_ACTIONS = KEY_ACTIONS.filter((action) => KEY_MAP[action].fKey?.key.startsWith('F') ?? false);

/** Which F-keys came, which did not and have a twin, and which have none. */
function keysNote(arrived: readonly string[]): SelfTestNote {
  const absent = F_KEY_ACTIONS.filter((action) => !arrived.includes(KEY_MAP[action].fKey?.key ?? ''));
  const namesOf = (hasTwin: boolean): string[] =>
    absent
      .filter((action) => (KEY_MAP[action].twin !== null) === hasTwin)
      .map((action) => KEY_MAP[action].fKey?.key ?? '');
  return { step: 'keys', arrived: arrived.slice(0, 30), twins: namesOf(true), missing: namesOf(false) };
}

/**
 * Ticks the F-keys that reach the program; for the others it names the Ctrl twin. Where the result is kept, the keys are
 * tried and do nothing else.
 */
export function KeysTest({ onSave }: Readonly<{ onSave?: (noted: SelfTestNote) => void }>): ReactNode {
  const isTrial = onSave !== undefined;
  const [arrived, setArrived] = useState<readonly string[]>([]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!/^F\d+$/.test(event.key)) return;
      setArrived((keys) => [...new Set([...keys, event.key])]);
      if (!isTrial) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [isTrial]);
  return (
    <Pane title={DEVICE_TEXT.keysTest} fill>
      <p className={styles['dim']}>{DEVICE_TEXT.keysTestWhy}</p>
      <ul className={styles['keys']}>
        {F_KEY_ACTIONS.map((action) => {
          const { fKey, twin } = KEY_MAP[action];
          const came = fKey !== null && arrived.includes(fKey.key);
          return (
            <li key={action} data-came={came}>
              <strong>{fKey === null ? '' : chordText(fKey)}</strong>
              <span>
                {came
                  ? DEVICE_TEXT.keyArrived
                  : twin === null
                    ? DEVICE_TEXT.keyNotYet
                    : DEVICE_TEXT.useTwin(chordText(twin))}
              </span>
            </li>
          );
        })}
      </ul>
      {onSave === undefined ? null : (
        <Button disabled={arrived.length === 0} onClick={() => onSave(keysNote(arrived))}>
          {SELF_TEST_TEXT.saveKeys}
        </Button>
      )}
    </Pane>
  );
}
