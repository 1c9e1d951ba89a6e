import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { useProcedure } from '../../app/queries.tsx';
import { day, serialText } from '../../text/format.ts';
import { FORMS_TEXT, sheetsLeft } from '../../text/originals-text.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './Documents.module.css';
import { FormSheet, type FormSheetKind } from './FormSheet.tsx';

type Stock = OutputFor<'forms.stock'>[number];

/** One delivery as a bar: used, spoiled, missing, left. */
function Bar({ stock }: Readonly<{ stock: Stock }>): ReactNode {
  const all = stock.to - stock.from + 1;
  const parts = [
    ['used', stock.used],
    ['spoiled', stock.spoiled],
    ['missing', stock.missing],
  ] as const;
  return (
    <div className={styles['bar']} aria-hidden="true">
      {parts.map(([kind, sheets]) => (
        <span key={kind} data-kind={kind} style={{ width: `${(sheets / all) * 100}%` }} />
      ))}
    </div>
  );
}

function StockCard({ stock }: Readonly<{ stock: Stock }>): ReactNode {
  const all = stock.to - stock.from + 1;
  return (
    <li className={styles['stock']}>
      <div className={styles['stockHead']}>
        <strong>{FORMS_TEXT.forms[stock.form]}</strong>
        <span>{FORMS_TEXT.range(stock)}</span>
        <span className={styles['note']}>{day(localDateAt(stock.receivedAt))}</span>
        <span className={styles['nextSerial']}>
          {stock.next === null ? (
            FORMS_TEXT.usedUp
          ) : (
            <>
              <span className={styles['note']}>{FORMS_TEXT.nextSerial}</span>
              <strong>{serialText(stock.series, stock.next)}</strong>
            </>
          )}
        </span>
      </div>
      <Bar stock={stock} />
      <p>
        {[
          FORMS_TEXT.left(sheetsLeft(stock), all),
          FORMS_TEXT.used(stock.used),
          FORMS_TEXT.spoiled(stock.spoiled),
          FORMS_TEXT.missing(stock.missing),
        ].join(' · ')}
      </p>
      {stock.gaps.map((gap) => (
        <p key={gap.from} className={styles['gap']} role="alert">
          <IconAlertTriangle size="1.25rem" aria-hidden />
          {FORMS_TEXT.gap(stock.series, gap.from, gap.to)}
        </p>
      ))}
    </li>
  );
}

/** Blangko: each delivery as a bar, the next serial, and every gap as a warning. */
export function FormStock(): ReactNode {
  const reading = useProcedure('forms.stock', {});
  const [sheet, setSheet] = useState<FormSheetKind | undefined>();
  const stocks = reading.value ?? [];
  return (
    <div className={styles['whole']}>
      {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
      {reading.value !== undefined && stocks.length === 0 ? (
        <EmptyState text={FORMS_TEXT.empty} next={FORMS_TEXT.emptyNext} />
      ) : null}
      <ul className={styles['stocks']} tabIndex={stocks.length > 3 ? 0 : undefined} aria-label={FORMS_TEXT.tab}>
        {stocks.map((stock) => (
          <StockCard key={`${stock.form}-${stock.series}-${stock.from}`} stock={stock} />
        ))}
      </ul>
      <div className={styles['actions']}>
        <KeyButton
          action="quote"
          label={FORMS_TEXT.lost}
          onPress={() => setSheet('missing')}
          disabled={stocks.length === 0}
        />
        <KeyButton
          action="exact"
          label={FORMS_TEXT.spoil}
          onPress={() => setSheet('spoil')}
          disabled={stocks.length === 0}
        />
        <KeyButton action="primary" primary label={FORMS_TEXT.receive} onPress={() => setSheet('receive')} />
      </div>
      {sheet === undefined ? null : <FormSheet kind={sheet} stocks={stocks} onClose={() => setSheet(undefined)} />}
    </div>
  );
}
