import { Radio, TextInput } from '@mantine/core';
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
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
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
  const [chosen, setChosen] = useState<string | undefined>();
  const [typed, setTyped] = useState('');
  const [imported, setImported] = useState<ImportedAnswer | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const files = places.flatMap((place) => place.files.map((file) => ({ ...file, place: place.name })));
  const file = typed.trim() === '' ? (chosen ?? files[0]?.file) : typed.trim();
  const submit = async (): Promise<void> => {
    if (file === undefined) return;
    const answer = await open.run({ file });
    if (answer === undefined) return;
    setImported(answer.ok ? answer.value : undefined);
    setRefusal(answer.ok ? undefined : answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={OUTBOX_TEXT.fromFlashdisk} width="40rem" closeLabel={OUTBOX_TEXT.cancel} onClose={onClose}>
      {imported === undefined ? (
        <div className={styles['dialog']}>
          <p>{OUTBOX_TEXT.answerWhy}</p>
          {files.length === 0 ? (
            <p className={styles['dim']}>{OUTBOX_TEXT.noFiles}</p>
          ) : (
            <Radio.Group label={OUTBOX_TEXT.file} value={chosen ?? files[0]?.file ?? ''} onChange={setChosen}>
              {files.map((each) => (
                <Radio
                  key={each.file}
                  value={each.file}
                  label={`${each.name}, ${dateTime(each.modifiedAt)}, ${bytes(each.bytes)} (${each.place})`}
                  color="opop"
                />
              ))}
            </Radio.Group>
          )}
          <TextInput
            data-autofocus
            label={OUTBOX_TEXT.otherFile}
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
              label={OUTBOX_TEXT.open}
              onPress={() => void submit()}
              disabled={file === undefined}
              busy={open.busy}
              level={LAYER.question}
            />
          </div>
        </div>
      ) : (
        <Imported answer={imported} onClose={onClose} />
      )}
    </Sheet>
  );
}
