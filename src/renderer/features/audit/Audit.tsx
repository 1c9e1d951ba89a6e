import { Radio } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { EvidenceView } from '../../../contract/api-audit.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useCounter } from '../../app/status.tsx';
import { AUDIT_TEXT } from '../../text/audit-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { bytes, count } from '../../text/format.ts';
import { DateField } from '../../ui/DateField.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Screen } from '../../ui/Screen.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import styles from './Audit.module.css';

const LOOK_EVERY_MS = 2000;

/** What was copied, and where it lies. */
function Copied({ evidence }: Readonly<{ evidence: EvidenceView }>): ReactNode {
  const { folder, files, entries, periodEntries } = evidence;
  return (
    <>
      <p role="status">
        <strong>{AUDIT_TEXT.done}</strong>
      </p>
      <p>{AUDIT_TEXT.doneWhy}</p>
      <p className={styles['path']}>{folder}</p>
      <FactList
        facts={[
          [AUDIT_TEXT.entries, count(entries)],
          [AUDIT_TEXT.periodEntries, count(periodEntries)],
        ]}
      />
      <ul className={styles['files']}>
        {files.map(({ name, bytes: size }) => (
          <li key={name}>{AUDIT_TEXT.file(name, bytes(size))}</li>
        ))}
      </ul>
    </>
  );
}

/** Pemeriksaan: by which letter he looks, and the folder that he takes along. */
export function Audit(): ReactNode {
  const { today } = useCounter().status.clock;
  const mandate = useProcedure('audit.mandate', {});
  const places = useProcedure('reports.places', {}, { everyMs: LOOK_EVERY_MS }).value ?? [];
  const copy = useAction('audit.export');
  const [{ from, to }, setPeriod] = useState<Readonly<Record<'from' | 'to', LocalDate | undefined>>>({
    from: today,
    to: today,
  });
  const [chosen, setChosen] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [evidence, setEvidence] = useState<EvidenceView | undefined>();
  const folder = chosen ?? places[0]?.folder;
  const isBackwards = from !== undefined && to !== undefined && from > to;
  const isWrong = from === undefined || to === undefined || isBackwards;
  const submit = async (): Promise<void> => {
    if (folder === undefined || isWrong) return;
    const answer = await copy.run({ from, to, folder });
    if (answer === undefined) return;
    setRefusal(answer.ok ? undefined : answer.error);
    setEvidence(answer.ok ? answer.value : undefined);
  };
  return (
    <Screen
      title={AUDIT_TEXT.title}
      primary={
        <KeyButton
          action="primary"
          primary
          label={evidence === undefined ? AUDIT_TEXT.copy : AUDIT_TEXT.again}
          onPress={() => void submit()}
          disabled={folder === undefined || isWrong}
          busy={copy.busy}
        />
      }
    >
      <Pane title={AUDIT_TEXT.mandate} fill>
        {mandate.refusal === undefined ? null : <RefusalCard refusal={mandate.refusal} />}
        {mandate.value === undefined ? (
          <Waiting busy={mandate.busy} label={AUDIT_TEXT.mandate} />
        ) : (
          <>
            <FactList
              look="large"
              facts={[
                [AUDIT_TEXT.letter, mandate.value.letter],
                [AUDIT_TEXT.days, AUDIT_TEXT.dayRange(mandate.value.from, mandate.value.to)],
              ]}
            />
            <p>{AUDIT_TEXT.recorded}</p>
            <p>{AUDIT_TEXT.readOnly}</p>
            <h3>{AUDIT_TEXT.rootKey}</h3>
            <p className={styles['path']}>{mandate.value.rootKey}</p>
            <p className={styles['dim']}>{AUDIT_TEXT.rootWhy}</p>
          </>
        )}
      </Pane>
      <Pane title={AUDIT_TEXT.copy} fill>
        {evidence === undefined ? <p>{AUDIT_TEXT.copyWhy}</p> : <Copied evidence={evidence} />}
        <div className={styles['period']}>
          <DateField label={AUDIT_TEXT.from} value={from} onChange={(typed) => setPeriod({ from: typed, to })} />
          <DateField
            label={AUDIT_TEXT.to}
            value={to}
            wrong={isBackwards}
            onChange={(typed) => setPeriod({ from, to: typed })}
          />
        </div>
        <Radio.Group label={AUDIT_TEXT.place} value={folder ?? ''} onChange={setChosen}>
          {places.map(({ folder: path, name, freeBytes }) => (
            <Radio
              key={path}
              value={path}
              color="opop"
              label={freeBytes === null ? name : `${name}, ${AUDIT_TEXT.free(bytes(freeBytes))}`}
              description={path}
            />
          ))}
        </Radio.Group>
        {copy.busy ? <Waiting busy label={AUDIT_TEXT.waiting} /> : null}
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
    </Screen>
  );
}
