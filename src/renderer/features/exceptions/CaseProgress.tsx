import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import { accountWords, CASE_PAGE_TEXT, caseEntryText } from '../../text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../../text/case-sheets-text.ts';
import { CASE_TEXT, stepText } from '../../text/case-text.ts';
import { dateTime, day, money } from '../../text/format.ts';
import { FactList } from '../../ui/FactList.tsx';
import styles from './Exceptions.module.css';
import { OpenNoteSheet } from './OpenNoteSheet.tsx';

/** Number, whose turn, how old, until when, and whom to call. */
export function CaseHead({ page }: Readonly<{ page: CasePage }>): ReactNode {
  const { number, owner, ageDays, promisedOn, complaintPhone } = page;
  return (
    <FactList
      facts={[
        [CASE_PAGE_TEXT.number, number ?? CASE_PAGE_TEXT.noNumber],
        [CASE_PAGE_TEXT.owner, CASE_PAGE_TEXT.owners[owner]],
        [CASE_PAGE_TEXT.age, CASE_PAGE_TEXT.days(ageDays)],
        [CASE_PAGE_TEXT.promised, day(promisedOn)],
        ...(complaintPhone === '' ? [] : [[CASE_PAGE_TEXT.phone, complaintPhone] as const]),
      ]}
    />
  );
}

/** The steps of a case, the next one marked; roads that were not taken are left out. */
export function CaseSteps({ page }: Readonly<{ page: CasePage }>): ReactNode {
  const steps = page.steps.filter(({ state }) => state !== 'not-needed');
  return (
    <section aria-label={CASE_TEXT.steps}>
      <h3>{CASE_TEXT.steps}</h3>
      {steps.length === 0 ? <p className={styles['dim']}>{CASE_TEXT.noSteps}</p> : null}
      <ol className={styles['steps']}>
        {steps.map(({ step, by, state }) => (
          <li key={step} data-state={state}>
            {stepText(step)}
            <span className={styles['dim']}>
              {` ${CASE_PAGE_TEXT.owners[by]}, ${CASE_PAGE_TEXT.stepStates[state]}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Where each rupiah of the case stands now. */
export function CaseMoney({ page }: Readonly<{ page: CasePage }>): ReactNode {
  if (page.money.length === 0) return null;
  return (
    <section aria-label={CASE_PAGE_TEXT.money}>
      <h3>{CASE_PAGE_TEXT.money}</h3>
      <FactList
        look="sums"
        facts={page.money.map(({ account, amount }) => [
          `${accountWords(account)} (${amount > 0 ? CASE_PAGE_TEXT.held : CASE_PAGE_TEXT.owed})`,
          money(Math.abs(amount)),
        ])}
      />
    </section>
  );
}

/** Applications for refunds, each with its state. */
export function CaseRefunds({ page }: Readonly<{ page: CasePage }>): ReactNode {
  if (page.refunds.length === 0) return null;
  return (
    <section aria-label={CASE_PAGE_TEXT.refundsTitle}>
      <h3>{CASE_PAGE_TEXT.refundsTitle}</h3>
      <ul className={styles['life']}>
        {page.refunds.map((refund) => {
          const waits = refund.state === 'requested' && refund.approvedHere;
          const state = waits ? CASE_PAGE_TEXT.approvedHere : CASE_PAGE_TEXT.refundStates[refund.state];
          const more = [refund.reference, refund.reason].filter((part) => part !== null).join(', ');
          return (
            <li key={refund.refundId}>
              {`${money(refund.amount)}, ${state}`}
              <span className={styles['dim']}>{` ${refund.number} ${more}`}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What was done about it, oldest first; what a note says stays closed until somebody says why he reads it. */
export function CaseLife({ page }: Readonly<{ page: CasePage }>): ReactNode {
  const [opened, setOpened] = useState<number | undefined>();
  if (page.life.length === 0) return null;
  return (
    <section aria-label={CASE_PAGE_TEXT.life}>
      <h3>{CASE_PAGE_TEXT.life}</h3>
      <ol className={styles['life']}>
        {page.life.map((step) => (
          <li key={`${String(step.at)}-${step.type}-${step.text}-${String(step.sealedNote)}`}>
            {caseEntryText(step.type)}
            <span className={styles['dim']}>{` ${dateTime(step.at)} · ${step.officerName}`}</span>
            {step.text === '' ? null : <p>{step.text}</p>}
            {step.sealedNote === null ? null : (
              <Button variant="subtle" size="compact-sm" onClick={() => setOpened(step.sealedNote ?? undefined)}>
                {CASE_SHEETS_TEXT.openNote}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {opened === undefined ? null : (
        <OpenNoteSheet caseId={page.caseId} seq={opened} onClose={() => setOpened(undefined)} />
      )}
    </section>
  );
}
