import { type ReactNode, useState } from 'react';
import { KEY_ACTION_TEXT, type KeyAction, KEYS_TEXT } from '../text/keys-text.ts';
import { chordText } from '../../contract/desk-keys.ts';
import { KEY_ACTIONS, KEY_MAP } from '../ui/keyboard/key-map.ts';
import { type KeyBinding, LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeyLayers, useKeys } from '../ui/keyboard/use-keys.tsx';
import styles from './Frame.module.css';
import { Sheet } from '../ui/Sheet.tsx';

const EVERYWHERE: readonly KeyAction[] = ['help', 'palette', 'lock', 'back'];

function KeyRows({ keys }: Readonly<{ keys: readonly (readonly [KeyAction, KeyBinding | undefined])[] }>): ReactNode {
  return (
    <dl className={styles['keyRows']}>
      {keys.map(([action, binding]) => {
        const { fKey, twin } = KEY_MAP[action];
        return [
          <dt key={`${action}-key`} className={styles['keyName']}>
            {fKey === null ? '' : chordText(fKey)}
          </dt>,
          <dd key={`${action}-twin`} className={styles['keyTwin']}>
            {twin === null ? '' : chordText(twin)}
          </dd>,
          <dd key={`${action}-text`}>{binding?.label ?? KEY_ACTION_TEXT[action]}</dd>,
        ];
      })}
    </dl>
  );
}

/** F1: the keys that work on this screen now, in its own words. */
export function KeysSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const layers = useKeyLayers();
  const [active] = useState(() => layers.active());
  useKeys({ back: { run: onClose }, help: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const isScreen = (action: KeyAction): boolean => action.startsWith('screen-');
  const here = KEY_ACTIONS.filter((action) => active.has(action) && !EVERYWHERE.includes(action) && !isScreen(action));
  const everywhere = [...EVERYWHERE, ...KEY_ACTIONS.filter((action) => active.has(action) && isScreen(action))];
  return (
    <Sheet title={KEYS_TEXT.title} width="48rem" closeLabel={KEYS_TEXT.close} onClose={onClose}>
      <div className={styles['keyColumns']}>
        <section>
          <h3>{KEYS_TEXT.here}</h3>
          <KeyRows keys={here.map((action) => [action, active.get(action)] as const)} />
        </section>
        <section>
          <h3>{KEYS_TEXT.everywhere}</h3>
          <KeyRows keys={everywhere.map((action) => [action, undefined] as const)} />
        </section>
      </div>
      <p className={styles['hint']}>{KEYS_TEXT.scanner}</p>
    </Sheet>
  );
}
