import { Radio, TextInput } from '@mantine/core';
import { IconDeviceUsb } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ExportedBundle } from '../../../contract/views-roads.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { bytes } from '../../text/format.ts';
import { OUTBOX_TEXT } from '../../text/outbox-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './Outbox.module.css';

const LOOK_EVERY_MS = 2000;

function Exported({ bundle, onClose }: Readonly<{ bundle: ExportedBundle; onClose: () => void }>): ReactNode {
  return (
    <div className={styles['result']}>
      <IconDeviceUsb size="3rem" aria-hidden />
      <strong role="status">{OUTBOX_TEXT.exported(bundle.entries)}</strong>
      <span className={styles['dim']}>{OUTBOX_TEXT.exportedFile(bundle.file, bytes(bundle.bytes))}</span>
      <ol>
        {OUTBOX_TEXT.exportedSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <KeyButton action="primary" primary label={OUTBOX_TEXT.done} onPress={onClose} level={LAYER.question} />
    </div>
  );
}

/** *Simpan ke flashdisk*: where to, then what lies there and what closes it. */
export function ExportSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const places = useProcedure('bundle.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
  const save = useAction('bundle.export');
  const [chosen, setChosen] = useState<string | undefined>();
  const [typed, setTyped] = useState('');
  const [exported, setExported] = useState<ExportedBundle | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const folder = typed.trim() === '' ? (chosen ?? places[0]?.folder) : typed.trim();
  const submit = async (): Promise<void> => {
    if (folder === undefined) return;
    const answer = await save.run({ to: folder });
    if (answer === undefined) return;
    setExported(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={OUTBOX_TEXT.toFlashdisk} width="40rem" closeLabel={OUTBOX_TEXT.cancel} onClose={onClose}>
      {exported === undefined ? (
        <div className={styles['dialog']}>
          <p>{OUTBOX_TEXT.exportWhy}</p>
          {places.length === 0 ? (
            <p className={styles['dim']}>{OUTBOX_TEXT.noPlaces}</p>
          ) : (
            <Radio.Group label={OUTBOX_TEXT.place} value={chosen ?? places[0]?.folder ?? ''} onChange={setChosen}>
              {places.map((place) => (
                <Radio
                  key={place.folder}
                  value={place.folder}
                  label={`${place.name}${place.freeBytes === null ? '' : `, ${OUTBOX_TEXT.free(bytes(place.freeBytes))}`}`}
                  color="opop"
                />
              ))}
            </Radio.Group>
          )}
          <TextInput
            data-autofocus
            label={OUTBOX_TEXT.otherFolder}
            value={typed}
            maxLength={1000}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
          <div className={styles['actions']}>
            <KeyButton action="back" label={OUTBOX_TEXT.cancel} onPress={onClose} level={LAYER.question} />
            <KeyButton
              action="primary"
              primary
              label={OUTBOX_TEXT.save}
              onPress={() => void submit()}
              disabled={folder === undefined}
              busy={save.busy}
              level={LAYER.question}
            />
          </div>
        </div>
      ) : (
        <Exported bundle={exported} onClose={onClose} />
      )}
    </Sheet>
  );
}
