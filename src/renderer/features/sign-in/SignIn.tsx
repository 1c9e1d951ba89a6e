import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { OfficerCard, StatusView } from '../../../contract/views-counter.ts';
import { AnnouncedAtDoor } from '../../app/Announcements.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { count, day, initials } from '../../text/format.ts';
import { FRAME_TEXT, ROLE_NAMES } from '../../text/frame-text.ts';
import { cashFigure, lineCell } from '../../text/status-text.ts';
import { SIGN_IN_TEXT } from '../../text/sign-in-text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { movedIndex } from '../../ui/list-movement.ts';
import { ChoosePin, type Starting } from './ChoosePin.tsx';
import { AtTheDoor } from './DoorSheet.tsx';
import { PinEntry } from './PinEntry.tsx';
import styles from './SignIn.module.css';

/** What the counter knows about itself today; no person in it. */
function CounterFacts({ status }: Readonly<{ status: StatusView }>): ReactNode {
  const facts: readonly (readonly [string, string])[] = [
    [SIGN_IN_TEXT.line, lineCell(status).label],
    [SIGN_IN_TEXT.unsent, count(status.outbox.unsent)],
    [SIGN_IN_TEXT.needsPerson, count(status.needsPerson)],
    [SIGN_IN_TEXT.cash, cashFigure(status.cash)],
    [SIGN_IN_TEXT.tariff, status.rules.issuedOn === null ? SIGN_IN_TEXT.none : day(status.rules.issuedOn)],
    [SIGN_IN_TEXT.registry, status.registry.dataOn === null ? SIGN_IN_TEXT.none : day(status.registry.dataOn)],
  ];
  return (
    <section className={styles['facts']} aria-label={SIGN_IN_TEXT.knows}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type OfficersProps = Readonly<{
  officers: readonly OfficerCard[];
  chosen: OfficerCard | undefined;
  now: number;
  onChoose: (index: number) => void;
}>;

function Officers({ officers, chosen, now, onChoose }: OfficersProps): ReactNode {
  return (
    <div className={styles['officers']} role="radiogroup" aria-label={SIGN_IN_TEXT.officers}>
      {officers.map((officer, index) => (
        <button
          key={officer.officerId}
          type="button"
          role="radio"
          aria-checked={officer.officerId === chosen?.officerId}
          className={styles['officer']}
          onClick={() => onChoose(index)}
        >
          <span className={styles['face']} aria-hidden="true">
            {initials(officer.name)}
          </span>
          <span className={styles['who']}>
            <strong>{officer.name}</strong>
            <span>
              {ROLE_NAMES[officer.role]}
              {officer.lockedUntil !== null && officer.lockedUntil > now
                ? `, ${SIGN_IN_TEXT.lockedUntil(officer.lockedUntil)}`
                : ''}
            </span>
          </span>
        </button>
      ))}
    </div>
  );
}

const ROLE_ORDER = { officer: 0, supervisor: 1, installer: 2, auditor: 3 } as const;

/** Masuk: who, the PIN, and what the counter knows about itself today. */
export function SignIn({ status }: Readonly<{ status: StatusView }>): ReactNode {
  const officers = useProcedure('sign-in.officers', {});
  const begin = useAction('sign-in.begin');
  const [index, setIndex] = useState(0);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [starting, setStarting] = useState<Starting | null>(null);
  const field = useRef<HTMLInputElement>(null);
  // Officers first: they come every morning, the others now and then.
  const list = [...(officers.value ?? [])].sort((left, right) => ROLE_ORDER[left.role] - ROLE_ORDER[right.role]);
  const chosen = list[index];

  const choose = (next: number): void => {
    setIndex(next);
    setRefusal(undefined);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const next = movedIndex(event.key, index, list.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  const submit = async (pin: string): Promise<void> => {
    if (chosen === undefined) return;
    const answer = await begin.run({ officerId: chosen.officerId, pin });
    if (answer === undefined) return;
    const isStart = !answer.ok && answer.error.code === 'PIN_TO_CHOOSE';
    setStarting(isStart ? { who: chosen, code: pin } : null);
    setRefusal(answer.ok || isStart ? undefined : answer.error);
  };

  return (
    <main className={styles['page']} onKeyDown={onKeyDown}>
      <header className={styles['head']}>
        <strong>{FRAME_TEXT.product}</strong>
        <span>{status.outlet === null ? '' : `${status.outlet.name} · ${status.outlet.regencyName}`}</span>
        {status.mode === 'demo' ? <span className={styles['mode']}>{FRAME_TEXT.demo}</span> : null}
      </header>
      <div className={styles['columns']}>
        <section>
          <h1>{SIGN_IN_TEXT.title}</h1>
          <p className={styles['hint']}>{SIGN_IN_TEXT.chooseHint}</p>
          {status.mode === 'training' ? <p className={styles['hint']}>{SIGN_IN_TEXT.trainingHint}</p> : null}
          {officers.value !== undefined && list.length === 0 ? (
            <EmptyState text={SIGN_IN_TEXT.noOfficers} next={SIGN_IN_TEXT.noOfficersNext} />
          ) : (
            <Officers officers={list} chosen={chosen} now={status.clock.now} onChoose={choose} />
          )}
        </section>
        <div>
          <PinEntry
            label={chosen === undefined ? SIGN_IN_TEXT.pin : SIGN_IN_TEXT.pinOf(chosen.name)}
            submitLabel={SIGN_IN_TEXT.enter}
            field={field}
            refusal={refusal ?? officers.refusal}
            busy={begin.busy}
            onSubmit={(pin) => void submit(pin)}
          />
          <div className={styles['ways']}>
            <AtTheDoor officer={chosen} onDone={() => setRefusal(undefined)} />
          </div>
        </div>
        {chosen === undefined ? null : <AnnouncedAtDoor officerId={chosen.officerId} />}
      </div>
      <CounterFacts status={status} />
      {starting === null ? null : <ChoosePin starting={starting} onClose={() => setStarting(null)} />}
    </main>
  );
}
