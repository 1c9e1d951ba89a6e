import { MultiSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { addDays, type LocalDate } from '../../../domain/local-date.ts';
import { SignPart } from '../../app/region/SignPart.tsx';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { ANNOUNCE_TEXT } from '../../text/people-text.ts';
import { DateField } from '../../ui/DateField.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import type { Outlets } from './OfficerSheets.tsx';
import styles from './People.module.css';
import { useAct } from './use-act.ts';

const WIDTH = '42rem';
const LONGEST_TITLE = 80;
const LONGEST_TEXT = 1000;
const SHORTEST = 3;
const SHOWN_DAYS = 7;

type SheetProps = Readonly<{ onActed: () => void; onClose: () => void }>;

/** A short title, plain words, until when, and for whom. */
export function AnnounceSheet(props: SheetProps & Readonly<{ outlets: Outlets; today: LocalDate }>): ReactNode {
  const { outlets, today, onActed, onClose } = props;
  const acting = useAct(() => {
    onActed();
    onClose();
  });
  const [typed, setTyped] = useState({ title: '', text: '' });
  const [untilOn, setUntilOn] = useState<LocalDate | undefined>(addDays(today, SHOWN_DAYS));
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const { title, text } = typed;
  const isLate = untilOn !== undefined && untilOn < today;
  const isWorded = title.trim().length >= SHORTEST && text.trim().length >= SHORTEST;
  const ready = isWorded && untilOn !== undefined && !isLate && chosen?.length !== 0;
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={ANNOUNCE_TEXT.make} width={WIDTH} closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <div className={styles['form']}>
        <TextInput
          label={ANNOUNCE_TEXT.heading}
          value={title}
          maxLength={LONGEST_TITLE}
          data-autofocus
          onChange={(event) => setTyped({ ...typed, title: event.currentTarget.value })}
        />
        <Textarea
          label={ANNOUNCE_TEXT.text}
          description={ANNOUNCE_TEXT.textHow(LONGEST_TEXT - text.length)}
          value={text}
          maxLength={LONGEST_TEXT}
          autosize
          minRows={3}
          maxRows={6}
          onChange={(event) => setTyped({ ...typed, text: event.currentTarget.value })}
        />
        <div className={styles['pair']}>
          <span>{ANNOUNCE_TEXT.until}</span>
          <DateField label={ANNOUNCE_TEXT.until} value={untilOn} wrong={isLate} onChange={setUntilOn} />
        </div>
        <SegmentedControl
          aria-label={ANNOUNCE_TEXT.to}
          value={chosen === null ? 'all' : 'some'}
          data={[
            { value: 'all', label: ANNOUNCE_TEXT.all },
            { value: 'some', label: ANNOUNCE_TEXT.some },
          ]}
          onChange={(next) => setChosen(next === 'all' ? null : [])}
        />
        {chosen === null ? null : (
          <MultiSelect
            label={ANNOUNCE_TEXT.outlets}
            searchable
            data={outlets.map(({ outletId, name }) => ({ value: outletId, label: `${name} · ${outletId}` }))}
            value={[...chosen]}
            onChange={setChosen}
          />
        )}
      </div>
      <SignPart
        note="none"
        submitLabel={ANNOUNCE_TEXT.send}
        ready={ready}
        busy={acting.busy}
        refusal={acting.refusal}
        onSubmit={({ pin }) => {
          if (untilOn === undefined) return;
          const outletIds = chosen === null ? null : [...chosen];
          void acting.run({ act: 'announce', title: title.trim(), text: text.trim(), untilOn, outletIds }, pin);
        }}
        onClose={onClose}
      />
    </Sheet>
  );
}
