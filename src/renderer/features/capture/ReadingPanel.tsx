import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Reading } from '../../../contract/views-documents.ts';
import type { CaptureRequest } from '../../app/capture-request.tsx';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { agreementMark, confidenceText, READING_TEXT } from '../../text/reading-text.ts';
import { ToneMark } from '../../ui/AxisMarks.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Capture.module.css';

type Takes = NonNullable<CaptureRequest['takes']>;

/** One proposal beside the registry; *Pakai* only where a field waits for it. */
function Proposal({
  reading,
  taken,
  onTake,
}: Readonly<{ reading: Reading; taken: boolean; onTake: (() => void) | undefined }>): ReactNode {
  const name = READING_TEXT.fields[reading.field];
  const { tone, word } = agreementMark(reading.agreement);
  return (
    <li className={styles['proposal']}>
      <span className={styles['dim']}>{name}</span>
      <strong>{reading.proposed}</strong>
      <span className={styles['dim']}>
        {[
          confidenceText(reading),
          ...(reading.registered === null || reading.agreement === 'agrees'
            ? []
            : [READING_TEXT.registered(reading.registered)]),
        ].join(' · ')}
      </span>
      <ToneMark tone={tone} word={word} />
      {onTake === undefined ? null : taken ? (
        <span className={styles['kept']}>{READING_TEXT.taken}</span>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={READING_TEXT.takeOf(name, reading.proposed)}
          onClick={onTake}
        >
          {READING_TEXT.take}
        </Button>
      )}
    </li>
  );
}

/** What can be read on a page: asked for by a person, shown beside the registry, taken field by field. */
export function ReadingPanel({
  documentId,
  takes,
}: Readonly<{ documentId: string; takes: Takes | undefined }>): ReactNode {
  const read = useAction('documents.read');
  const settle = useAction('documents.settle-reading');
  const [readings, setReadings] = useState<readonly Reading[] | undefined>();
  const [taken, setTaken] = useState<ReadonlySet<Reading['field']>>(new Set());
  const [settled, setSettled] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const run = async (): Promise<void> => {
    const answer = await read.run({ documentId });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setReadings(answer.ok ? answer.value.readings : undefined);
  };
  const done = async (): Promise<void> => {
    const fields = (readings ?? []).map(({ field, agreement }) => ({ field, agreement, taken: taken.has(field) }));
    const answer = await settle.run({ documentId, fields });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setSettled(answer.ok);
  };
  if (readings === undefined) {
    return (
      <div className={styles['form']}>
        <Button variant="default" disabled={read.busy} onClick={() => void run()}>
          {READING_TEXT.read}
        </Button>
        <Waiting busy={read.busy} label={READING_TEXT.reading} />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </div>
    );
  }
  return (
    <section className={styles['form']} aria-label={READING_TEXT.title}>
      <h3 className={styles['section']}>{READING_TEXT.title}</h3>
      <p className={styles['dim']}>{readings.length === 0 ? READING_TEXT.nothing : READING_TEXT.why}</p>
      <ul className={styles['list']}>
        {readings.map((reading) => {
          const take = takes?.[reading.field];
          return (
            <Proposal
              key={reading.field}
              reading={reading}
              taken={taken.has(reading.field)}
              onTake={
                take === undefined
                  ? undefined
                  : () => {
                      take(reading.proposed);
                      setTaken((before) => new Set([...before, reading.field]));
                    }
              }
            />
          );
        })}
      </ul>
      {readings.length === 0 ? null : (
        <Button variant="default" size="compact-sm" disabled={settled || settle.busy} onClick={() => void done()}>
          {READING_TEXT.seen}
        </Button>
      )}
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </section>
  );
}
