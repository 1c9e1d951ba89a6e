import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ImportedAnswer } from '../../../contract/views-roads.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { bytes, dateTime } from '../../text/format.ts';
import { OUTBOX_TEXT } from '../../text/outbox-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { MediumForm } from './MediumForm.tsx';
import styles from './Outbox.module.css';

const LOOK_EVERY_MS = 2000;

function Imported({ answer, onClose }: Readonly<{ answer: ImportedAnswer; onClose: () => void }>): ReactNode {
  const { closed, quarantined, pages, unsent, complete, problems } = answer;
  return (
    <div className={styles['result']}>
      <IconCircleCheck size="3rem" aria-hidden />
      <strong role="status">{OUTBOX_TEXT.closed(closed)}</strong>
      <span>{OUTBOX_TEXT.answerFacts(quarantined, pages, unsent)}</span>
      {complete ? null : <p className={styles['stuck']}>{OUTBOX_TEXT.answerCut}</p>}
      {problems.length === 0 ? null : <p className={styles['stuck']}>{OUTBOX_TEXT.answerProblems(problems.length)}</p>}
      <KeyButton action="primary" primary label={OUTBOX_TEXT.done} onPress={onClose} level={LAYER.question} />
    </div>
  );
}

/** *Buka jawaban dari flashdisk*: which file, then what it closed and brought. */
export function AnswerSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const places = useProcedure('bundle.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
  const open = useAction('answer.import');
  const [imported, setImported] = useState<ImportedAnswer | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (file: string): Promise<void> => {
    const answer = await open.run({ file });
    if (answer === undefined) return;
    setImported(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={OUTBOX_TEXT.fromFlashdisk} width="40rem" closeLabel={OUTBOX_TEXT.cancel} onClose={onClose}>
      {imported === undefined ? (
        <MediumForm
          why={OUTBOX_TEXT.answerWhy}
          choices={places.flatMap((place) =>
            place.files.map(({ file, name, modifiedAt, bytes: size }) => ({
              path: file,
              label: `${name}, ${dateTime(modifiedAt)}, ${bytes(size)} (${place.name})`,
            })),
          )}
          words={{
            choices: OUTBOX_TEXT.file,
            none: OUTBOX_TEXT.noFiles,
            other: OUTBOX_TEXT.otherFile,
            submit: OUTBOX_TEXT.open,
          }}
          busy={open.busy}
          refusal={refusal}
          onSubmit={(file) => void submit(file)}
          onClose={onClose}
        />
      ) : (
        <Imported answer={imported} onClose={onClose} />
      )}
    </Sheet>
  );
}
