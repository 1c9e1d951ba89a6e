import { Button, Popover } from '@mantine/core';
import {
  IconCalendarDollar,
  IconClock,
  IconCopy,
  IconDatabase,
  IconInbox,
  type IconProps,
  IconWallet,
  IconWifi,
  IconWifiOff,
} from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import type { StatusView } from '../../contract/views-counter.ts';
import type { MirrorView } from '../../contract/views-custody.ts';
import { APPROVAL_TEXT, CAP_NAME_TEXT } from '../text/approval-text.ts';
import { CUSTODY_TEXT, mirrorCell } from '../text/custody-text.ts';
import { FRAME_TEXT } from '../text/frame-text.ts';
import {
  type CellText,
  cashCell,
  clockCell,
  lineCell,
  registryCell,
  rulesCell,
  unsentCell,
} from '../text/status-text.ts';
import { Meters } from '../ui/Meters.tsx';
import { SheetsHidden, useHidden } from '../ui/hidden.ts';
import styles from './Frame.module.css';
import { useNavigation } from './navigation.tsx';
import { useProcedure } from './queries.tsx';
import { RaiseCapSheet } from './RaiseCapSheet.tsx';
import { useCounter } from './status.tsx';

type CellProps = Readonly<{
  text: CellText;
  health: StatusView['line']['health'];
  icon: ComponentType<IconProps>;
  /** What stands below the sentences of the explanation. */
  children?: ReactNode;
}>;

/** Icon, word and figure; opens its explanation. */
function Cell({ text, health, icon: Icon, children }: CellProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const hidden = useHidden();
  return (
    <Popover opened={opened && !hidden} onChange={setOpened} position="top" withArrow trapFocus={false}>
      <Popover.Target>
        <button type="button" className={styles['cell']} data-health={health} onClick={() => setOpened((was) => !was)}>
          <Icon size="1.125rem" aria-hidden />
          <span>{text.label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['explained']}>
          <h2>{text.title}</h2>
          {text.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {children}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const MIRROR_HEALTH: Readonly<Record<MirrorView['state'], StatusView['line']['health']>> = {
  ok: 'ok',
  behind: 'busy',
  missing: 'stop',
  none: 'old',
};

/** The second copy, in words and with the way to its settings. */
function SecondCopyCell(): ReactNode {
  const { go } = useNavigation();
  const mirror = useProcedure('mirror.status', {}).value;
  if (mirror === undefined) return null;
  return (
    <Cell text={mirrorCell(mirror)} health={MIRROR_HEALTH[mirror.state]} icon={IconCopy}>
      {mirror.state === 'ok' ? null : (
        <Button variant="default" size="compact-sm" onClick={() => go({ screen: 'device' })}>
          {CUSTODY_TEXT.arrange}
        </Button>
      )}
    </Cell>
  );
}

/** The bar at the foot that never moves: line, unsent, cash, tariff, vehicle data, clock. */
export function StatusBar(): ReactNode {
  const { status } = useCounter();
  const [raising, setRaising] = useState(false);
  const hidden = useHidden();
  const raised = status.limits.filter((limit) => limit.raised).map(({ cap }) => CAP_NAME_TEXT[cap]);
  return (
    <footer className={styles['status']} aria-label={FRAME_TEXT.statusLabel}>
      <SheetsHidden value={hidden || raising}>
        <Cell text={lineCell(status)} health={status.line.health} icon={status.line.online ? IconWifi : IconWifiOff} />
        <Cell text={unsentCell(status)} health={status.outbox.health} icon={IconInbox} />
        <SecondCopyCell />
        <Cell text={cashCell(status)} health={status.cash.health} icon={IconWallet}>
          <Meters cash={status.cash} />
          {raised.length === 0 ? null : <p>{APPROVAL_TEXT.raisedToday(raised)}</p>}
          {status.limits.length === 0 ? null : (
            <Button variant="default" size="compact-sm" onClick={() => setRaising(true)}>
              {APPROVAL_TEXT.raiseOpen}
            </Button>
          )}
        </Cell>
        <Cell text={rulesCell(status)} health={status.rules.health} icon={IconCalendarDollar} />
        <Cell text={registryCell(status)} health={status.registry.health} icon={IconDatabase} />
        <Cell text={clockCell(status)} health={status.clock.health} icon={IconClock} />
      </SheetsHidden>
      {raising ? <RaiseCapSheet onClose={() => setRaising(false)} /> : null}
    </footer>
  );
}
