import {
  IconAlertCircle,
  IconCalendarCheck,
  IconCar,
  IconChartHistogram,
  IconChartBar,
  IconDeviceDesktop,
  IconFileText,
  IconGavel,
  IconHistory,
  IconHome,
  IconInbox,
  IconLock,
  IconLogout,
  IconMap2,
  IconPhoneCheck,
  IconShieldSearch,
  type IconProps,
  IconUsers,
  IconWallet,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { FRAME_TEXT, RAIL_GROUPS, SCREEN_NAMES, type ScreenName } from '../text/frame-text.ts';
import type { KeyAction } from '../text/keys-text.ts';
import { ariaKeys, capText } from '../ui/keyboard/key-map.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import styles from './Frame.module.css';
import { isGrouped, mayOpen, RAIL, SUPERVISOR_GROUPS, useNavigation } from './navigation.tsx';
import { useAction } from './queries.tsx';
import { useWords } from './region/Words.tsx';
import { useCounter } from './status.tsx';

const ICONS: Readonly<Record<ScreenName, ComponentType<IconProps>>> = {
  service: IconCar,
  home: IconHome,
  outbox: IconInbox,
  exceptions: IconAlertCircle,
  documents: IconFileText,
  cash: IconWallet,
  history: IconHistory,
  reports: IconChartBar,
  device: IconDeviceDesktop,
  'remote-code': IconPhoneCheck,
  audit: IconShieldSearch,
  region: IconMap2,
  recap: IconCalendarCheck,
  decisions: IconGavel,
  insight: IconChartHistogram,
  people: IconUsers,
};

const ACTIONS: readonly KeyAction[] = [
  'screen-1',
  'screen-2',
  'screen-3',
  'screen-4',
  'screen-5',
  'screen-6',
  'screen-7',
  'screen-8',
  'screen-9',
];

/** Keys of the screens that no officer has; Wilayah has that of Berkas, which no supervisor has. */
const OWN_KEYS: Partial<Record<ScreenName, KeyAction>> = {
  'remote-code': 'screen-1',
  audit: 'screen-1',
  region: 'screen-5',
  recap: 'recap',
  decisions: 'decisions',
  insight: 'insight',
  people: 'people',
};

/** Its place on the rail; Kode jauh and Pemeriksaan have the key of Layanan, which neither a supervisor nor an auditor has. */
function keyOf(screen: ScreenName, index: number): KeyAction {
  return OWN_KEYS[screen] ?? ACTIONS[index] ?? 'screen-9';
}

type Entry = Readonly<{ screen: ScreenName; action: KeyAction }>;

/** How much waits on each screen; a supervisor also for what others decided before him. */
function useCounts(): Readonly<Partial<Record<ScreenName, number>>> {
  const { status, signIn } = useCounter();
  const { others } = useWords(isGrouped(signIn.role));
  const decisions = others.filter(({ waited }) => waited !== null).length;
  return {
    outbox: status.outbox.unsent,
    exceptions: status.needsPerson,
    decisions,
    recap: others.length - decisions,
  };
}

function Item({ screen, action, count }: Entry & Readonly<{ count: number }>): ReactNode {
  const { place, go } = useNavigation();
  const Icon = ICONS[screen];
  return (
    <button
      type="button"
      className={styles['railItem']}
      aria-current={place.screen === screen ? 'page' : undefined}
      aria-keyshortcuts={ariaKeys(action)}
      onClick={() => go({ screen })}
    >
      <Icon size="1.375rem" aria-hidden />
      <span className={styles['railWord']}>{SCREEN_NAMES[screen]}</span>
      <span className={styles['railKey']} aria-hidden="true">
        {capText(action)}
      </span>
      {count === 0 ? null : (
        <span className={styles['railCount']} data-urgent={screen === 'exceptions'}>
          {count}
        </span>
      )}
    </button>
  );
}

function Foot({ onLock }: Readonly<{ onLock: () => void }>): ReactNode {
  const signOut = useAction('sign-in.end');
  return (
    <div className={styles['railFoot']}>
      <button type="button" className={styles['railItem']} aria-keyshortcuts={ariaKeys('lock')} onClick={onLock}>
        <IconLock size="1.375rem" aria-hidden />
        <span className={styles['railWord']}>{FRAME_TEXT.lock}</span>
        <span className={styles['railKey']} aria-hidden="true">
          {capText('lock')}
        </span>
      </button>
      <button
        type="button"
        className={styles['railItem']}
        title={FRAME_TEXT.signOutHint}
        onClick={() => void signOut.run({})}
      >
        <IconLogout size="1.375rem" aria-hidden />
        <span className={styles['railWord']}>{FRAME_TEXT.signOut}</span>
      </button>
    </div>
  );
}

/** The slim rail: icon, word, key; how much waits is a number on its screen. A supervisor's stands in groups. */
export function Rail({ onLock }: Readonly<{ onLock: () => void }>): ReactNode {
  const { go } = useNavigation();
  const { signIn } = useCounter();
  const counts = useCounts();
  const entries: readonly Entry[] = RAIL.map((screen, index) => ({ screen, action: keyOf(screen, index) })).filter(
    ({ screen }) => mayOpen(signIn.role, screen),
  );
  useKeys(
    Object.fromEntries(
      entries.map(({ screen, action }) => [action, { run: () => go({ screen }), label: SCREEN_NAMES[screen] }]),
    ),
    { level: LAYER.frame },
  );
  const item = (entry: Entry): ReactNode => <Item key={entry.screen} {...entry} count={counts[entry.screen] ?? 0} />;
  return (
    <nav className={styles['rail']} aria-label={FRAME_TEXT.railLabel}>
      {isGrouped(signIn.role)
        ? SUPERVISOR_GROUPS.map(({ group, screens }) => (
            <div key={group} role="group" aria-labelledby={`rail-${group}`} className={styles['railGroup']}>
              <span id={`rail-${group}`} className={styles['railHead']}>
                {RAIL_GROUPS[group]}
              </span>
              {screens.flatMap((screen) => entries.filter((one) => one.screen === screen)).map(item)}
            </div>
          ))
        : entries.map(item)}
      <Foot onLock={onLock} />
    </nav>
  );
}
