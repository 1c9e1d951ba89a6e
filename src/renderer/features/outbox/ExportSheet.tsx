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
import { Sheet } from '../../ui/Sheet.tsx';
import { MediumForm } from './MediumForm.tsx';
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
  const [exported, setExported] = useState<ExportedBundle | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (folder: string): Promise<void> => {
    const answer = await save.run({ to: folder });
    if (answer === undefined) return;
    setExported(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={OUTBOX_TEXT.toFlashdisk} width="40rem" closeLabel={OUTBOX_TEXT.cancel} onClose={onClose}>
      {exported === undefined ? (
        <MediumForm
          why={OUTBOX_TEXT.exportWhy}
          choices={places.map(({ folder, name, freeBytes }) => ({
            path: folder,
            label: `${name}${freeBytes === null ? '' : `, ${OUTBOX_TEXT.free(bytes(freeBytes))}`}`,
          }))}
          words={{
            choices: OUTBOX_TEXT.place,
            none: OUTBOX_TEXT.noPlaces,
            other: OUTBOX_TEXT.otherFolder,
            submit: OUTBOX_TEXT.save,
          }}
          busy={save.busy}
          refusal={refusal}
          onSubmit={(folder) => void submit(folder)}
          onClose={onClose}
        />
      ) : (
        <Exported bundle={exported} onClose={onClose} />
      )}
    </Sheet>
  );
}
