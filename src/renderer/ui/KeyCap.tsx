import type { ReactNode } from 'react';
import type { KeyAction } from '../text/keys-text.ts';
import { capText } from './keyboard/key-map.ts';
import styles from './KeyCap.module.css';

/** The key of an action, drawn as a key. Screen readers get it from `aria-keyshortcuts` of the button instead. */
export function KeyCap({ action }: Readonly<{ action: KeyAction }>): ReactNode {
  return (
    <kbd className={styles['cap']} aria-hidden="true">
      {capText(action)}
    </kbd>
  );
}
