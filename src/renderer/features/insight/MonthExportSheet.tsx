import { Radio } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { SaveSheet } from '../../app/export/SaveSheet.tsx';
import { INSIGHT_TEXT } from '../../text/insight-text.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import styles from './Insight.module.css';

const FORMATS = ['xlsx', 'csv'] as const;

/** *Simpan untuk bendahara*: the month as a file. */
export function MonthExportSheet({ month, onClose }: Readonly<{ month: string; onClose: () => void }>): ReactNode {
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('xlsx');
  return (
    <SaveSheet title={INSIGHT_TEXT.saveTitle(month)} what={{ of: 'month', month, format }} onClose={onClose}>
      <p className={styles['dim']}>{INSIGHT_TEXT.saveWhy}</p>
      <Radio.Group
        label={REPORTS_TEXT.format}
        value={format}
        onChange={(value) => setFormat(FORMATS.find((one) => one === value) ?? 'xlsx')}
      >
        {FORMATS.map((each, at) => (
          <Radio
            key={each}
            value={each}
            label={INSIGHT_TEXT.formats[each]}
            color="opop"
            data-autofocus={at === 0 || undefined}
          />
        ))}
      </Radio.Group>
    </SaveSheet>
  );
}
