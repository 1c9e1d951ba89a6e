import { MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { SignInView, StatusView } from '../../contract/views-counter.ts';
import { Enrolment } from '../features/enrolment/Enrolment.tsx';
import { LockScreen } from '../features/sign-in/LockScreen.tsx';
import { SignIn } from '../features/sign-in/SignIn.tsx';
import { FRAME_TEXT } from '../text/frame-text.ts';
import { KeysProvider } from '../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../ui/RefusalCard.tsx';
import { focusFirst, wayBack } from '../ui/focus-return.ts';
import { SheetsHidden } from '../ui/hidden.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './App.module.css';
import { CaptureProvider } from './capture-request.tsx';
import type { Client } from './client.ts';
import { CrashBoundary } from './CrashBoundary.tsx';
import { applyTextSize, readTextSize } from './display-preference.ts';
import { Frame } from './Frame.tsx';
import { NavigationProvider } from './navigation.tsx';
import { QueriesProvider, useProcedure } from './queries.tsx';
import { CounterStateProvider } from './status.tsx';
import { theme } from './theme.ts';
import { TrainingBar } from './TrainingBar.tsx';

const STATUS_EVERY_MS = 15_000;

/** The last value that was known: a host that falls silent for a moment does not take the work off the screen. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value === undefined ? last : value;
}

/** The field of the PIN takes the focus during a lock; afterwards it is where it was, on the screen or in a sheet. */
function useFocusAfterLock(isLocked: boolean): void {
  const [before, setBefore] = useState<Readonly<{ isLocked: boolean; way: readonly HTMLElement[] }>>({
    isLocked: false,
    way: [],
  });
  if (before.isLocked !== isLocked) setBefore({ isLocked, way: isLocked ? wayBack() : before.way });
  const { way } = before;
  useEffect(() => {
    if (isLocked) return undefined;
    // An opened sheet puts the focus on its first field in a timer of its own, which was set before this one.
    const timer = setTimeout(() => focusFirst(way));
    return () => clearTimeout(timer);
  }, [isLocked, way]);
}

type GateProps = Readonly<{ status: StatusView; signIn: SignInView | null; isSilent: boolean }>;

/** Nobody signed in, locked, or at work. */
function Counter({ status, signIn, isSilent }: GateProps): ReactNode {
  useFocusAfterLock(signIn?.locked === true);
  if (signIn === null) return <SignIn status={status} />;
  return (
    <CounterStateProvider status={status} signIn={signIn}>
      <SheetsHidden value={signIn.locked}>
        <NavigationProvider>
          <CaptureProvider>
            <div className={styles['work']} inert={signIn.locked} data-locked={signIn.locked}>
              <Frame hostSilent={isSilent} />
            </div>
          </CaptureProvider>
          {signIn.locked ? (
            // The work behind is hidden; what the lock itself opens is not.
            <SheetsHidden value={false}>
              <LockScreen signIn={signIn} />
            </SheetsHidden>
          ) : null}
        </NavigationProvider>
      </SheetsHidden>
    </CounterStateProvider>
  );
}

/** Decides which of the whole-page states stands: starting, refused, not enrolled, nobody signed in, locked, at work. */
function Gate(): ReactNode {
  const statusReading = useProcedure('counter.status', {}, { everyMs: STATUS_EVERY_MS });
  const signInReading = useProcedure('sign-in.current', {});
  const status = useLast(statusReading.value);
  // Nobody signed in is an answer (null), not "not yet known".
  const signIn = useLast(signInReading.value);
  const refusal = statusReading.refusal ?? signInReading.refusal;
  // The wizard of the installer ends when he says so, not when the province has answered.
  const [isInstalling, setInstalling] = useState(false);
  if (status?.enrolled === false && !isInstalling) setInstalling(true);
  if (status === undefined || signIn === undefined) {
    return (
      <main className={styles['whole']}>
        <h1>{FRAME_TEXT.product}</h1>
        {refusal === undefined ? <Waiting busy label={FRAME_TEXT.loading} /> : <RefusalCard refusal={refusal} />}
      </main>
    );
  }
  if (isInstalling) return <Enrolment status={status} onDone={() => setInstalling(false)} />;
  const counter = <Counter status={status} signIn={signIn} isSilent={refusal !== undefined} />;
  return status.mode === 'training' ? <TrainingBar>{counter}</TrainingBar> : counter;
}

/** The whole page. */
export function App({ client }: Readonly<{ client: Client }>): ReactNode {
  useEffect(() => {
    applyTextSize(window, readTextSize(window));
  }, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <CrashBoundary>
        <KeysProvider>
          <QueriesProvider client={client}>
            <Gate />
          </QueriesProvider>
        </KeysProvider>
      </CrashBoundary>
    </MantineProvider>
  );
}
