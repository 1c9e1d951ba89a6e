import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KeyAction } from '../text/keys-text.ts';
import styles from './KeyButton.module.css';
import { KeyCap } from './KeyCap.tsx';
import { ariaKeys } from './keyboard/key-map.ts';
import { LAYER, type LayerLevel } from './keyboard/key-layers.ts';
import { useKeys } from './keyboard/use-keys.tsx';
import { useSheetAct } from './sheet-acts.ts';

type KeyButtonProps = Readonly<{
  action: KeyAction;
  label: string;
  onPress: () => void;
  /** The one primary action of the screen. */
  primary?: boolean;
  danger?: boolean;
  disabled?: boolean;
  busy?: boolean;
  icon?: ReactNode;
  level?: LayerLevel;
  wide?: boolean;
  /** For the head of a pane. */
  small?: boolean;
}>;

/** A button that binds its own key, so that what stands on it is what works. */
export function KeyButton(props: KeyButtonProps): ReactNode {
  const { action, label, onPress, primary = false, danger = false, disabled = false, busy = false } = props;
  const isActUnderWay = useSheetAct(busy);
  const blocked = disabled || busy || isActUnderWay;
  useKeys(blocked ? {} : { [action]: { run: onPress, label } }, { level: props.level ?? LAYER.screen });
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      color={danger ? 'red' : 'opop'}
      size={primary ? 'lg' : (props.small ?? false) ? 'compact-sm' : 'sm'}
      classNames={{ root: styles['root'] ?? '', label: styles['label'] ?? '' }}
      fullWidth={props.wide ?? false}
      disabled={disabled}
      aria-busy={busy}
      aria-keyshortcuts={ariaKeys(action)}
      leftSection={props.icon}
      rightSection={<KeyCap action={action} />}
      onClick={blocked ? undefined : onPress}
    >
      {label}
    </Button>
  );
}
