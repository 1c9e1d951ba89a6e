import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { SignPart } from '../../app/region/SignPart.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { FRAME_TEXT } from '../../text/frame-text.ts';
import { CODES_TEXT } from '../../text/people-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { DonePart } from './DonePart.tsx';
import { OutletField, type Outlets } from './OfficerSheets.tsx';
import styles from './People.module.css';
import { useAct } from './use-act.ts';

const WIDTH = '38rem';
/** The first characters of a code name it. */
const ID_LENGTH = 8;

/** Takes a code along that was just made, while it is still known here. */
function ToStick({ code }: Readonly<{ code: string }>): ReactNode {
  const places = useProcedure('bundle.places', {});
  const save = useAction('people.save-ticket');
  const [chosen, setChosen] = useState<string | undefined>();
  const [saved, setSaved] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const folders = places.value ?? [];
  const folder = chosen ?? folders[0]?.folder;
  const run = async (): Promise<void> => {
    if (folder === undefined) return;
    const answer = await save.run({ folder, codeId: code.replaceAll('-', '').slice(0, ID_LENGTH) });
    if (answer === undefined) return;
    setSaved(answer.ok ? answer.value.file : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  return (
    <div className={styles['form']}>
      <div className={styles['pair']}>
        <NativeSelect
          label={CODES_TEXT.stick}
          value={folder ?? ''}
          data={
            folders.length === 0
              ? [{ value: '', label: CODES_TEXT.noStick }]
              : folders.map((one) => ({ value: one.folder, label: one.name }))
          }
          onChange={(event) => setChosen(event.currentTarget.value)}
          onFocus={places.again}
        />
        <Button variant="default" disabled={folder === undefined} aria-busy={save.busy} onClick={() => void run()}>
          {CODES_TEXT.save}
        </Button>
      </div>
      {saved === undefined ? null : <p role="status">{CODES_TEXT.saved(saved)}</p>}
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}

type SheetProps = Readonly<{ onActed: () => void; onClose: () => void }>;

/** A code for one computer of one outlet; shown once, large. */
export function IssueSheet({ outlets, onActed, onClose }: SheetProps & Readonly<{ outlets: Outlets }>): ReactNode {
  const acting = useAct(onActed);
  const [outletId, setOutletId] = useState('');
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={CODES_TEXT.make} width={WIDTH} closeLabel={FRAME_TEXT.close} onClose={onClose}>
      {acting.done === undefined ? (
        <>
          <p className={styles['note']}>{CODES_TEXT.makeHow}</p>
          <div className={styles['form']}>
            <OutletField label={CODES_TEXT.outlet} outlets={outlets} value={outletId} onChange={setOutletId} />
          </div>
          <SignPart
            note="none"
            submitLabel={CODES_TEXT.issue}
            ready={outletId !== ''}
            busy={acting.busy}
            refusal={acting.refusal}
            onSubmit={({ pin }) => void acting.run({ act: 'issue-code', outletId }, pin)}
            onClose={onClose}
          />
        </>
      ) : (
        <DonePart done={acting.done} title={CODES_TEXT.code} how={CODES_TEXT.how} onClose={onClose}>
          {acting.done.code === null ? null : <ToStick code={acting.done.code} />}
        </DonePart>
      )}
    </Sheet>
  );
}
