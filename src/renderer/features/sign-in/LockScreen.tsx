import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import type { SignInView } from '../../../contract/views-counter.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LOCK_TEXT, SIGN_IN_TEXT } from '../../text/sign-in-text.ts';
import { ChoosePin, type Starting } from './ChoosePin.tsx';
import { AtTheDoor } from './DoorSheet.tsx';
import { PinEntry } from './PinEntry.tsx';
import styles from './SignIn.module.css';

/** Letters of a longer note are smaller, so that the PIN stays on the screen. */
const SHORT_NOTE = 24;

/** Kunci layar: the PIN again; the work behind stays as it was. */
export function LockScreen({ signIn }: Readonly<{ signIn: SignInView }>): ReactNode {
  const door = useProcedure('cash-session.door-note', {}).value;
  const unlock = useAction('sign-in.unlock');
  const signOut = useAction('sign-in.end');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [starting, setStarting] = useState<Starting | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (pin: string): Promise<void> => {
    const answer = await unlock.run({ pin });
    if (answer === undefined) return;
    const isStart = !answer.ok && answer.error.code === 'PIN_TO_CHOOSE';
    setStarting(isStart ? { who: signIn, code: pin } : null);
    setRefusal(answer.ok || isStart ? undefined : answer.error);
  };
  return (
    <main className={styles['lock']}>
      {door === null || door === undefined ? (
        <>
          <IconLock size="2rem" aria-hidden />
          <h1>{LOCK_TEXT.title}</h1>
        </>
      ) : (
        <section className={styles['door']} aria-label={DRAWER_TEXT.awayHere}>
          <h1 data-long={(door.note?.length ?? 0) > SHORT_NOTE}>{door.note ?? DRAWER_TEXT.awayHere}</h1>
          <p>{DRAWER_TEXT.away(door.officerName, door.pausedAt)}</p>
        </section>
      )}
      <p className={styles['hint']}>{LOCK_TEXT.safe}</p>
      <PinEntry
        label={SIGN_IN_TEXT.pinOf(signIn.name)}
        submitLabel={LOCK_TEXT.unlock}
        field={field}
        refusal={refusal}
        busy={unlock.busy}
        onSubmit={(pin) => void submit(pin)}
      />
      <div className={styles['ways']}>
        <AtTheDoor
          officer={signIn}
          onDone={() => {
            setRefusal(undefined);
            field.current?.focus();
          }}
        />
        {starting === null ? null : <ChoosePin starting={starting} onClose={() => setStarting(null)} />}
        <Button variant="subtle" onClick={() => void signOut.run({})}>
          {LOCK_TEXT.other}
        </Button>
      </div>
    </main>
  );
}
