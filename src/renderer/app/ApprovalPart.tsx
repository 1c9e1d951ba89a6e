import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { APPROVAL_TEXT, approvalWords } from '../text/approval-text.ts';
import { PinField } from '../ui/PinField.tsx';
import { RefusalCard } from '../ui/RefusalCard.tsx';
import styles from './ApprovalPart.module.css';
import { useProcedure } from './queries.tsx';
import type { Approving } from './use-approval.ts';

const digits = (text: string): string => text.replace(/\D/g, '');

type PartProps = Readonly<{ approving: Approving }>;

function SupervisorChoice({ approving, label }: PartProps & Readonly<{ label: string }>): ReactNode {
  const officers = useProcedure('sign-in.officers', {});
  const supervisors = (officers.value ?? []).filter((officer) => officer.role === 'supervisor');
  if (officers.value !== undefined && supervisors.length === 0) return <p>{APPROVAL_TEXT.noSupervisor}</p>;
  return (
    <NativeSelect
      label={label}
      value={approving.typed.supervisorId}
      data={[
        { value: '', label, disabled: true },
        ...supervisors.map((officer) => ({ value: officer.officerId, label: officer.name })),
      ]}
      onChange={(event) => approving.type({ supervisorId: event.currentTarget.value })}
    />
  );
}

function PinWay({ approving }: PartProps): ReactNode {
  return (
    <div className={styles['two']}>
      <SupervisorChoice approving={approving} label={APPROVAL_TEXT.supervisor} />
      <PinField label={APPROVAL_TEXT.pin} value={approving.typed.pin} onPin={(pin) => approving.type({ pin })} />
    </div>
  );
}

function CodeField({ approving }: PartProps): ReactNode {
  return (
    <TextInput
      label={APPROVAL_TEXT.code}
      value={approving.typed.code}
      inputMode="numeric"
      autoComplete="off"
      // A blank or two between the groups, as they are read aloud.
      maxLength={11}
      classNames={{ input: styles['code'] ?? '' }}
      onChange={(event) => approving.type({ code: digits(event.currentTarget.value).slice(0, 8) })}
    />
  );
}

function CodeWay({ approving }: PartProps): ReactNode {
  const { request, make, busy, outdated, refusal } = approving;
  if (request === undefined) {
    return (
      <div className={styles['part']}>
        {outdated ? <p className={styles['note']}>{APPROVAL_TEXT.changed}</p> : null}
        {make === undefined ? <p className={styles['note']}>{APPROVAL_TEXT.fillFirst}</p> : null}
        <Button
          variant="default"
          disabled={make === undefined}
          loading={busy}
          onClick={make === undefined ? undefined : () => void make()}
        >
          {APPROVAL_TEXT.makeRequest}
        </Button>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </div>
    );
  }
  return (
    <div className={styles['part']}>
      <div className={styles['request']}>
        <strong>{APPROVAL_TEXT.requestTitle}</strong>
        <output className={styles['groups']} aria-label={APPROVAL_TEXT.requestTitle}>
          {request.shortText.split(' ').map((group, place) => (
            <span key={`${String(place)} ${group}`}>{group} </span>
          ))}
        </output>
        <span>{approvalWords(request.action, request.amount)}</span>
        <p className={styles['note']}>{APPROVAL_TEXT.requestHow}</p>
        <p className={styles['note']}>{APPROVAL_TEXT.call(request.supervisors.map(({ name }) => name))}</p>
        <p className={styles['note']}>{APPROVAL_TEXT.untilEnd}</p>
      </div>
      <CodeField approving={approving} />
    </div>
  );
}

function ListWay({ approving }: PartProps): ReactNode {
  const { typed, type } = approving;
  return (
    <div className={styles['part']}>
      <p className={styles['note']}>{APPROVAL_TEXT.listHow}</p>
      <div className={styles['list']}>
        <SupervisorChoice approving={approving} label={APPROVAL_TEXT.listSupervisor} />
        <TextInput
          label={APPROVAL_TEXT.list}
          value={typed.list}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          onChange={(event) => type({ list: digits(event.currentTarget.value) })}
        />
        <TextInput
          label={APPROVAL_TEXT.place}
          value={typed.place}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          onChange={(event) => type({ place: digits(event.currentTarget.value) })}
        />
      </div>
      <CodeField approving={approving} />
    </div>
  );
}

/** The second person on a sheet that has its own facts and its own primary action: PIN here, code from afar, sealed list. */
export function ApprovalPart({ approving }: PartProps): ReactNode {
  const { way, choose } = approving;
  return (
    <div className={styles['part']}>
      <SegmentedControl
        aria-label={APPROVAL_TEXT.way}
        value={way}
        data={[
          { value: 'pin', label: APPROVAL_TEXT.ways.pin },
          { value: 'code', label: APPROVAL_TEXT.ways.code },
          { value: 'list', label: APPROVAL_TEXT.ways.list },
        ]}
        onChange={choose}
      />
      {way === 'pin' ? <PinWay approving={approving} /> : null}
      {way === 'code' ? <CodeWay approving={approving} /> : null}
      {way === 'list' ? <ListWay approving={approving} /> : null}
      <p className={styles['note']}>{APPROVAL_TEXT.provisional}</p>
    </div>
  );
}
