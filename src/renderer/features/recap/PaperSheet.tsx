import { Radio } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DayPaperSignature, RegionDayPaper } from '../../../contract/day-paper.ts';
import type { RegionDayAnswer } from '../../../contract/region-day.ts';
import { SaveSheet } from '../../app/export/SaveSheet.tsx';
import { useProcedure } from '../../app/queries.tsx';
import { LoadRefusal } from '../../app/region/LoadRefusal.tsx';
import { RegionAge } from '../../app/region/RegionAge.tsx';
import { useRegionLoad } from '../../app/region/use-region-load.ts';
import { PAPER_TEXT } from '../../text/insight-text.ts';
import { FactList } from '../../ui/FactList.tsx';
import styles from './Recap.module.css';

const signed = (signature: DayPaperSignature | null): string =>
  signature === null ? PAPER_TEXT.unsigned : PAPER_TEXT.signedBy(signature.name, signature.at);

function State({ paper }: Readonly<{ paper: RegionDayPaper }>): ReactNode {
  const { close, reconciliation } = paper;
  const state = close === null ? 'none' : reconciliation === null ? 'close' : 'both';
  return (
    <>
      <p className={styles['paperState']} data-state={state} role="status">
        {PAPER_TEXT.state[state]}
      </p>
      <FactList
        facts={[
          [PAPER_TEXT.close, signed(close)],
          [PAPER_TEXT.reconciliation, signed(reconciliation)],
        ]}
      />
    </>
  );
}

/** *Berita Acara*: the day itself or one of its supplements, as a PDF; a draft says that it is one. */
export function PaperSheet({ day, onClose }: Readonly<{ day: RegionDayAnswer; onClose: () => void }>): ReactNode {
  const { outletId, businessOn, parts } = day;
  const [part, setPart] = useState(0);
  const key = { outletId, businessOn, part };
  const load = useRegionLoad({ of: 'paper', ...key });
  const { value: kept } = useProcedure('insight.paper', key);
  const paper = kept?.paper ?? null;
  return (
    <SaveSheet
      title={PAPER_TEXT.title(day.outletName, businessOn)}
      what={paper === null || load.busy ? undefined : { of: 'paper', ...key, format: 'pdf' }}
      onClose={onClose}
    >
      {parts.length < 2 ? null : (
        <Radio.Group label={PAPER_TEXT.part} value={String(part)} onChange={(value) => setPart(Number(value))}>
          {parts.map(({ number, items }) => (
            <Radio key={number} value={String(number)} color="opop" label={PAPER_TEXT.parts(number, items)} />
          ))}
        </Radio.Group>
      )}
      <LoadRefusal refusal={load.refusal} hasCopy={paper !== null} />
      {paper === null ? (
        <p className={styles['dim']}>{load.busy ? PAPER_TEXT.loading : PAPER_TEXT.never}</p>
      ) : (
        <State paper={paper} />
      )}
      <div className={styles['paperAge']}>
        <RegionAge kept={kept} load={load} />
      </div>
      <p className={styles['dim']}>{PAPER_TEXT.why}</p>
    </SaveSheet>
  );
}
