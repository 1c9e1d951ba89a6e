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
import { FRAME_TEXT, SCREEN_NAMES, type ScreenName } from '../text/frame-text.ts';
import type { KeyAction } from '../text/keys-text.ts';
import { ariaKeys, capText } from '../ui/keyboard/key-map.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import styles from './Frame.module.css';
import { mayOpen, RAIL, SUPERVISOR_FIRST, useNavigation } from './navigation.tsx';
import { useAction } from './queries.tsx';
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

function countOf(screen: ScreenName, unsent: number, needsPerson: number): number {
  if (screen === 'outbox') return unsent;
  return screen === 'exceptions' ? needsPerson : 0;
}

/** The slim rail: icon, word, key; how much waits is a number on its screen. */
export function Rail({ onLock }: Readonly<{ onLock: () => void }>): ReactNode {
  const { place, go } = useNavigation();
  const { status, signIn } = useCounter();
  const signOut = useAction('sign-in.end');
  const open = (screen: ScreenName): void => go({ screen });
  const all = RAIL.map((screen, index) => ({ screen, action: keyOf(screen, index) }));
  const entries = [
    ...SUPERVISOR_FIRST.flatMap((screen) => all.filter((one) => one.screen === screen)),
    ...all.filter(({ screen }) => !SUPERVISOR_FIRST.includes(screen)),
  ].filter(({ screen }) => mayOpen(signIn.role, screen));
  useKeys(
    Object.fromEntries(
      entries.map(({ screen, action }) => [action, { run: () => open(screen), label: SCREEN_NAMES[screen] }]),
    ),
    { level: LAYER.frame },
  );
  return (
    <nav className={styles['rail']} aria-label={FRAME_TEXT.railLabel}>
      {entries.map(({ screen, action }) => {
        const Icon = ICONS[screen];
        const waiting = countOf(screen, status.outbox.unsent, status.needsPerson);
        return (
          <button
            key={screen}
            type="button"
            className={styles['railItem']}
            aria-current={place.screen === screen ? 'page' : undefined}
            aria-keyshortcuts={ariaKeys(action)}
            onClick={() => open(screen)}
          >
            <Icon size="1.375rem" aria-hidden />
            {SCREEN_NAMES[screen]}
            <span className={styles['railKey']} aria-hidden="true">
              {capText(action)}
            </span>
            {waiting === 0 ? null : (
              <span className={styles['railCount']} data-urgent={screen === 'exceptions'}>
                {waiting}
              </span>
            )}
          </button>
        );
      })}
      <div className={styles['railFoot']}>
        <button type="button" className={styles['railItem']} aria-keyshortcuts={ariaKeys('lock')} onClick={onLock}>
          <IconLock size="1.375rem" aria-hidden />
          {FRAME_TEXT.lock}
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
          {FRAME_TEXT.signOut}
        </button>
      </div>
    </nav>
  );
}
