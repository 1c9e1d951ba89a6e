import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import type { DraftView } from '../../../contract/views-transaction.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import { useCounter } from '../../app/status.tsx';
import { day } from '../../text/format.ts';
import { dueSentence, SERVICE_TEXT, vehicleLines } from '../../text/service-text.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { movedIndex } from '../../ui/list-movement.ts';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Service.module.css';
import { chassisTailOf } from './service-steps.ts';
import { typedPlate } from '../../ui/typed-plate.ts';
import type { ServiceFlow } from './service-flow.ts';

const TAIL_LENGTH = 5;

function Card({ vehicle, confirmed }: Readonly<{ vehicle: VehicleCard; confirmed: boolean }>): ReactNode {
  const { status } = useCounter();
  const { today } = status.clock;
  const { name, rest } = vehicleLines(vehicle);
  return (
    <div className={styles['card']}>
      <Plate nrkb={vehicle.nrkb} colour={vehicle.plateColour} size="card" />
      <div className={styles['cardText']}>
        <strong>{name}</strong>
        <span className={styles['dim']}>{rest}</span>
      </div>
      <dl className={styles['facts']}>
        <dt>{SERVICE_TEXT.due}</dt>
        <dd>{vehicle.dueOn === null ? '' : `${day(vehicle.dueOn)}, ${dueSentence(vehicle.dueOn, today)}`}</dd>
        <dt>{SERVICE_TEXT.district}</dt>
        <dd>{vehicle.district}</dd>
        {confirmed ? null : (
          <>
            <dt>{SERVICE_TEXT.owner}</dt>
            <dd>{vehicle.maskedOwner}</dd>
          </>
        )}
      </dl>
      <p className={styles['dim']}>{SERVICE_TEXT.dataOn(vehicle.dataOn, today)}</p>
      {vehicle.paidHere === null ? null : (
        <p className={styles['warn']}>
          {SERVICE_TEXT.paidHere(vehicle.paidHere.paidOn, vehicle.paidHere.receiptNumber)}
        </p>
      )}
    </div>
  );
}

/** Several vehicles fit: arrows choose, Enter goes on. */
function Candidates({ flow }: Readonly<{ flow: ServiceFlow }>): ReactNode {
  const [index, setIndex] = useState(0);
  const { candidates } = flow;
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = candidates[index];
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      void flow.begin(chosen);
      return;
    }
    const moved = movedIndex(event.key, index, candidates.length);
    if (moved === undefined) return;
    event.preventDefault();
    setIndex(moved);
  };
  return (
    <div>
      <p className={styles['dim']}>{SERVICE_TEXT.candidates(candidates.length)}</p>
      <div
        className={styles['candidates']}
        role="listbox"
        aria-label={SERVICE_TEXT.candidates(candidates.length)}
        aria-activedescendant={`candidate-${index}`}
        tabIndex={0}
        data-step="candidates"
        onKeyDown={onKeyDown}
      >
        {candidates.map((candidate, at) => (
          <div
            key={candidate.vehicleId}
            id={`candidate-${at}`}
            className={styles['candidate']}
            role="option"
            aria-selected={at === index}
            onClick={() => void flow.begin(candidate)}
          >
            <Plate nrkb={candidate.nrkb} colour={candidate.plateColour} />
            <span>{`${vehicleLines(candidate).name}, ${candidate.yearMade}`}</span>
            <span className={styles['dim']}>{`${candidate.maskedOwner}, ${candidate.district}`}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The last five of the chassis number; only then the owner's name shows. */
function Tail({ draft, flow }: Readonly<{ draft: DraftView; flow: ServiceFlow }>): ReactNode {
  const [tail, setTail] = useState('');
  useEffect(() => {
    // A wrong tail is typed anew, not mended letter by letter.
    if (flow.refusal?.code === 'CHASSIS_TAIL_WRONG') setTail('');
  }, [flow.refusal]);
  const submit = (): void => {
    if (tail.trim() !== '') void flow.confirm(chassisTailOf(tail));
  };
  return (
    <TextInput
      size="lg"
      label={SERVICE_TEXT.tail}
      description={`${SERVICE_TEXT.tailHint} ${SERVICE_TEXT.triesLeft(draft.triesLeft)}`}
      value={tail}
      classNames={{ input: styles['code'] }}
      maxLength={30}
      autoComplete="off"
      spellCheck={false}
      data-step="tail"
      onChange={(event) => setTail(event.currentTarget.value.toUpperCase())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && tail.length >= Math.min(TAIL_LENGTH, tail.length)) submit();
      }}
    />
  );
}

function Owner({ draft }: Readonly<{ draft: DraftView }>): ReactNode {
  if (draft.identity === null) return null;
  return (
    <div className={styles['owner']}>
      <span className={styles['dim']}>{`${SERVICE_TEXT.owner}. ${SERVICE_TEXT.compare}`}</span>
      <strong>{draft.identity.ownerName}</strong>
      <span className={styles['dim']}>
        {[
          ...(draft.identity.maskedNik === null ? [] : [`${SERVICE_TEXT.nik} ${draft.identity.maskedNik}`]),
          `${SERVICE_TEXT.chassis} ${draft.identity.chassisNumber}`,
        ].join(' · ')}
      </span>
    </div>
  );
}

const ABOUT_THE_VEHICLE: readonly string[] = [
  'NRKB_INVALID',
  'NRKB_LOOKALIKE',
  'NRKB_OTHER_PROVINCE',
  'SEARCH_TOO_SHORT',
  'VEHICLE_UNKNOWN',
  'CHASSIS_TAIL_WRONG',
  'CHASSIS_TAIL_BLOCKED',
];

function Aside({ flow }: Readonly<{ flow: ServiceFlow }>): ReactNode {
  return (
    <>
      {flow.draft === undefined ? null : (
        <Button size="compact-sm" variant="subtle" onClick={() => void flow.abandon()}>
          {SERVICE_TEXT.abandon}
        </Button>
      )}
      <KeyCap action="plate" />
    </>
  );
}

/** Step 1: the vehicle, and the proof that it is the one in front of the counter. */
export function VehiclePane({ flow, current }: Readonly<{ flow: ServiceFlow; current: boolean }>): ReactNode {
  const [text, setText] = useState('');
  const { draft, candidates, refusal } = flow;
  useEffect(() => {
    // The next citizen begins with an empty field.
    if (flow.ended !== undefined || draft !== undefined) setText('');
  }, [flow.ended, draft?.transactionId]);
  const mine = refusal !== undefined && ABOUT_THE_VEHICLE.includes(refusal.code) ? refusal : undefined;
  return (
    <Pane title={SERVICE_TEXT.vehicle} step={1} current={current} aside={<Aside flow={flow} />}>
      <TextInput
        size="lg"
        label={SERVICE_TEXT.plate}
        placeholder={draft === undefined ? SERVICE_TEXT.platePlaceholder : ''}
        value={text}
        classNames={{ input: styles['code'] }}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        data-step="plate"
        onChange={(event) => {
          flow.noteTyping();
          setText(typedPlate(event.currentTarget.value));
        }}
        rightSection={
          <ActionIcon
            variant="default"
            tabIndex={-1}
            aria-label={SERVICE_TEXT.slashedO}
            title={SERVICE_TEXT.slashedO}
            onClick={() => {
              setText((was) => `${was}Ø`);
              flow.want('plate');
            }}
          >
            {SERVICE_TEXT.slashedLetter}
          </ActionIcon>
        }
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          if (text.trim() !== '') void flow.find(text);
          else if (draft !== undefined) flow.want(draft.identity === null ? 'tail' : 'documents');
        }}
      />
      {flow.held === undefined ? null : (
        <p className={styles['resumed']} role="status">
          {SERVICE_TEXT.held(flow.held.vehicle.nrkb)}
        </p>
      )}
      {flow.resumed ? (
        <p className={styles['resumed']} role="status">
          {SERVICE_TEXT.resumed}
        </p>
      ) : null}
      {candidates.length > 0 ? <Candidates flow={flow} /> : null}
      {draft === undefined || candidates.length > 0 ? null : (
        <>
          <Card vehicle={draft.vehicle} confirmed={draft.identity !== null} />
          {draft.identity === null ? (
            <Tail key={draft.transactionId} draft={draft} flow={flow} />
          ) : (
            <Owner draft={draft} />
          )}
        </>
      )}
      {mine === undefined ? null : <RefusalCard refusal={mine} mood="calm" />}
    </Pane>
  );
}
