import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { RegionOfficer } from '../../../contract/people.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { SignPart } from '../../app/region/SignPart.tsx';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { OFFICER_ACT_WORDS, type OfficerAct, PEOPLE_TEXT } from '../../text/people-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { DonePart } from './DonePart.tsx';
import styles from './People.module.css';
import { useAct } from './use-act.ts';

const OFFICER_ID = /^[a-z0-9][a-z0-9-]{1,39}$/;
const WIDTH = '38rem';
const SHORTEST_NAME = 3;

/** Where somebody may be put. */
export type Outlets = readonly Readonly<{ outletId: string; name: string }>[];
type SheetProps = Readonly<{ outlets: Outlets; onActed: () => void; onClose: () => void }>;

/** An outlet of the region, found by typing. */
export function OutletField({
  label,
  outlets,
  value,
  onChange,
}: Readonly<{ label: string; outlets: Outlets; value: string; onChange: (outletId: string) => void }>): ReactNode {
  return (
    <Select
      label={label}
      searchable
      data={outlets.map(({ outletId, name }) => ({ value: outletId, label: `${name} · ${outletId}` }))}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** A new officer: who and where; his PIN is his own affair. */
export function CreateSheet({ outlets, onActed, onClose }: SheetProps): ReactNode {
  const acting = useAct(onActed);
  const [typed, setTyped] = useState({ name: '', officerId: '', outletId: outlets[0]?.outletId ?? '' });
  const { name, officerId, outletId } = typed;
  const ready = name.trim().length >= SHORTEST_NAME && OFFICER_ID.test(officerId) && outletId !== '';
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={PEOPLE_TEXT.create} width={WIDTH} closeLabel={FRAME_TEXT.close} onClose={onClose}>
      {acting.done === undefined ? (
        <>
          <p className={styles['note']}>{PEOPLE_TEXT.createHow}</p>
          <div className={styles['form']}>
            <TextInput
              label={PEOPLE_TEXT.name}
              value={name}
              maxLength={80}
              autoComplete="off"
              data-autofocus
              onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
            />
            <TextInput
              label={PEOPLE_TEXT.id}
              description={PEOPLE_TEXT.idHow}
              value={officerId}
              maxLength={40}
              autoComplete="off"
              error={officerId !== '' && !OFFICER_ID.test(officerId)}
              onChange={(event) => setTyped({ ...typed, officerId: event.currentTarget.value.toLowerCase() })}
            />
            <OutletField
              label={PEOPLE_TEXT.outlet}
              outlets={outlets}
              value={outletId}
              onChange={(next) => setTyped({ ...typed, outletId: next })}
            />
          </div>
          <SignPart
            note="none"
            submitLabel={PEOPLE_TEXT.save}
            ready={ready}
            busy={acting.busy}
            refusal={acting.refusal}
            onSubmit={({ pin }) => void acting.run({ act: 'create', officerId, name: name.trim(), outletId }, pin)}
            onClose={onClose}
          />
        </>
      ) : (
        <DonePart
          done={acting.done}
          title={PEOPLE_TEXT.startCode}
          how={PEOPLE_TEXT.startHow(name.trim())}
          onClose={onClose}
        />
      )}
    </Sheet>
  );
}

const choicesOf = ({ active }: RegionOfficer): readonly OfficerAct[] =>
  active ? ['reset-pin', 'suspend', 'move'] : ['reinstate', 'reset-pin', 'move'];

/** What is done about one officer, with its consequence said before it is signed. */
export function ChangeSheet(props: SheetProps & Readonly<{ officer: RegionOfficer; today: LocalDate }>): ReactNode {
  const { officer, outlets, today, onActed, onClose } = props;
  const { officerId, name, session } = officer;
  const acting = useAct(onActed);
  const choices = choicesOf(officer);
  const [act, setAct] = useState<OfficerAct>(choices[0] ?? 'reset-pin');
  const [outletId, setOutletId] = useState('');
  const [fromOn, setFromOn] = useState<LocalDate | undefined>(today);
  const isWorded = act === 'suspend' || act === 'reinstate';
  const isLate = fromOn !== undefined && fromOn < today;
  const ready = act !== 'move' || (outletId !== '' && fromOn !== undefined && !isLate);
  const submit = (pin: string, reason: string): void => {
    if (act === 'move') {
      if (fromOn !== undefined) void acting.run({ act, officerId, outletId, fromOn }, pin);
    } else if (act === 'reset-pin') void acting.run({ act, officerId }, pin);
    else void acting.run({ act, officerId, reason }, pin);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={name} width={WIDTH} closeLabel={FRAME_TEXT.close} onClose={onClose}>
      {acting.done === undefined ? (
        <>
          <SegmentedControl
            fullWidth
            aria-label={PEOPLE_TEXT.act}
            value={act}
            data={choices.map((one) => ({ value: one, label: OFFICER_ACT_WORDS[one] }))}
            onChange={(next) => setAct(choices.find((one) => one === next) ?? act)}
          />
          <p className={styles['note']}>{PEOPLE_TEXT.how[act](name)}</p>
          {session !== null && (act === 'suspend' || act === 'move') ? (
            <p className={styles['warn']}>{PEOPLE_TEXT.openSession(session.name, session.openedOn)}</p>
          ) : null}
          {act === 'move' ? (
            <div className={styles['form']}>
              <OutletField label={PEOPLE_TEXT.to} outlets={outlets} value={outletId} onChange={setOutletId} />
              <div className={styles['pair']}>
                <span>{PEOPLE_TEXT.fromOn}</span>
                <DateField label={PEOPLE_TEXT.fromOn} value={fromOn} wrong={isLate} onChange={setFromOn} />
              </div>
            </div>
          ) : null}
          <SignPart
            key={act}
            note={isWorded ? 'needed' : 'none'}
            noteLabel={PEOPLE_TEXT.why}
            submitLabel={OFFICER_ACT_WORDS[act]}
            danger={act === 'suspend'}
            ready={ready}
            busy={acting.busy}
            refusal={acting.refusal}
            onSubmit={({ pin, note }) => submit(pin, note)}
            onClose={onClose}
          />
        </>
      ) : (
        <DonePart done={acting.done} title={PEOPLE_TEXT.startCode} how={PEOPLE_TEXT.startHow(name)} onClose={onClose} />
      )}
    </Sheet>
  );
}
