import { type ReactNode, useCallback, useState } from 'react';
import { assertNever } from '../../domain/result.ts';
import { CaptureSheet } from '../features/capture/CaptureSheet.tsx';
import { CashSession } from '../features/cash-session/CashSession.tsx';
import { Device } from '../features/device/Device.tsx';
import { Decisions } from '../features/decisions/Decisions.tsx';
import { Documents } from '../features/documents/Documents.tsx';
import { Exceptions } from '../features/exceptions/Exceptions.tsx';
import { History } from '../features/history/History.tsx';
import { Home } from '../features/home/Home.tsx';
import { Outbox } from '../features/outbox/Outbox.tsx';
import { Audit } from '../features/audit/Audit.tsx';
import { People } from '../features/people/People.tsx';
import { Insight } from '../features/insight/Insight.tsx';
import { Recap } from '../features/recap/Recap.tsx';
import { Region } from '../features/region/Region.tsx';
import { RemoteCode } from '../features/remote-code/RemoteCode.tsx';
import { Reports } from '../features/reports/Reports.tsx';
import { Service } from '../features/service/Service.tsx';
import { FRAME_TEXT } from '../text/frame-text.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import styles from './Frame.module.css';
import { Banners } from './Banners.tsx';
import { CrashBoundary } from './CrashBoundary.tsx';
import { HeadLine } from './HeadLine.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { isGrouped, mayOpen, type Place, useNavigation } from './navigation.tsx';
import { OwnPin } from './OwnPin.tsx';
import { Palette } from './Palette.tsx';
import { useAction } from './queries.tsx';
import { Rail } from './Rail.tsx';
import { OthersSaid } from './region/Others.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCounter } from './status.tsx';
import { usePresence } from './use-presence.ts';
import { useScanner } from './use-scanner.ts';

/** A bug of one screen leaves the frame and every other screen standing; another place is another try. */
function CurrentScreen(): ReactNode {
  const { place } = useNavigation();
  return (
    <CrashBoundary key={place.screen}>
      <ScreenOf place={place} />
    </CrashBoundary>
  );
}

function ScreenOf({ place }: Readonly<{ place: Place }>): ReactNode {
  switch (place.screen) {
    case 'service':
      return <Service place={place} />;
    case 'home':
      return <Home />;
    case 'outbox':
      return <Outbox />;
    case 'exceptions':
      return <Exceptions />;
    case 'documents':
      return <Documents place={place} />;
    case 'cash':
      return <CashSession />;
    case 'history':
      return <History place={place} />;
    case 'reports':
      return <Reports />;
    case 'device':
      return <Device />;
    case 'audit':
      return <Audit />;
    case 'region':
      return <Region place={place} />;
    case 'recap':
      return <Recap key={`${place.outletId ?? ''} ${place.businessOn ?? ''}`} place={place} />;
    case 'decisions':
      return <Decisions />;
    case 'insight':
      return <Insight />;
    case 'people':
      return <People />;
    case 'remote-code':
      return <RemoteCode />;
    default:
      return assertNever(place);
  }
}

/** The frame that never moves: rail, head line, work, status bar. */
export function Frame({ hostSilent }: Readonly<{ hostSilent: boolean }>): ReactNode {
  const { signIn } = useCounter();
  const [sheet, setSheet] = useState<'none' | 'keys' | 'palette' | 'pin'>('none');
  const lock = useAction('sign-in.lock');
  const close = useCallback(() => setSheet('none'), []);
  useScanner(!signIn.locked && mayOpen(signIn.role, 'service'));
  usePresence(!signIn.locked);
  useKeys(
    {
      help: { run: () => setSheet('keys') },
      palette: { run: () => setSheet('palette') },
      ownPin: { run: () => setSheet('pin') },
      lock: { run: () => void lock.run({}) },
    },
    { level: LAYER.frame },
  );
  return (
    <div className={styles['frame']} data-rail={isGrouped(signIn.role) ? 'grouped' : undefined}>
      <Rail onLock={() => void lock.run({})} />
      <HeadLine onOwnPin={() => setSheet('pin')} />
      <main className={styles['work']}>
        {hostSilent ? (
          <p className={styles['silent']} role="alert">
            {FRAME_TEXT.hostSilent}
          </p>
        ) : null}
        <Banners />
        <CurrentScreen />
      </main>
      {isGrouped(signIn.role) && !signIn.locked ? <OthersSaid /> : null}
      <StatusBar />
      <CaptureSheet />
      {sheet === 'keys' ? <KeysSheet onClose={close} /> : null}
      {sheet === 'palette' ? <Palette onClose={close} /> : null}
      {sheet === 'pin' ? <OwnPin onClose={close} /> : null}
    </div>
  );
}
