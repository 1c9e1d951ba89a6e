import { Popover } from '@mantine/core';
import {
  IconCalendarDollar,
  IconClock,
  IconDatabase,
  IconInbox,
  type IconProps,
  IconWallet,
  IconWifi,
  IconWifiOff,
} from '@tabler/icons-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import type { StatusView } from '../../contract/views-counter.ts';
import {
  type CellText,
  cashCell,
  clockCell,
  FRAME_TEXT,
  lineCell,
  registryCell,
  rulesCell,
  unsentCell,
} from '../text/frame-text.ts';
import { useHidden } from '../ui/Sheet.tsx';
import styles from './Frame.module.css';
import { useCounter } from './status.tsx';

type CellProps = Readonly<{ text: CellText; health: StatusView['line']['health']; icon: ComponentType<IconProps> }>;

/** Icon, word and figure; opens its explanation. */
function Cell({ text, health, icon: Icon }: CellProps): ReactNode {
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
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The bar at the foot that never moves: line, unsent, cash, tariff, vehicle data, clock. */
export function StatusBar(): ReactNode {
  const { status } = useCounter();
  return (
    <footer className={styles['status']} aria-label={FRAME_TEXT.statusLabel}>
      <Cell text={lineCell(status)} health={status.line.health} icon={status.line.online ? IconWifi : IconWifiOff} />
      <Cell text={unsentCell(status)} health={status.outbox.health} icon={IconInbox} />
      <Cell text={cashCell(status)} health={status.cash.health} icon={IconWallet} />
      <Cell text={rulesCell(status)} health={status.rules.health} icon={IconCalendarDollar} />
      <Cell text={registryCell(status)} health={status.registry.health} icon={IconDatabase} />
      <Cell text={clockCell(status)} health={status.clock.health} icon={IconClock} />
    </footer>
  );
}
