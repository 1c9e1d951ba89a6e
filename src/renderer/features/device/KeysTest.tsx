import { type ReactNode, useEffect, useState } from 'react';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import { chordText, KEY_ACTIONS, KEY_MAP } from '../../ui/keyboard/key-map.ts';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Device.module.css';

const F_KEY_ACTIONS = KEY_ACTIONS.filter((action) => KEY_MAP[action].fKey?.key.startsWith('F') ?? false);

/** Ticks the F-keys that reach the program; for the others it names the Ctrl twin. */
export function KeysTest(): ReactNode {
  const [arrived, setArrived] = useState<readonly string[]>([]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (/^F\d+$/.test(event.key)) setArrived((keys) => [...new Set([...keys, event.key])]);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
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
    </Pane>
  );
}
