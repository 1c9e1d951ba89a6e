import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { BasketView } from '../../../contract/views-payments.ts';
import type { Place } from '../../app/navigation.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { useProcedure } from '../../app/queries.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { AmountPane } from './AmountPane.tsx';
import { BasketPane } from './BasketPane.tsx';
import { DocumentsPane } from './DocumentsPane.tsx';
import { EndedPane } from './EndedPane.tsx';
import { PaymentPane } from './PaymentPane.tsx';
import { RecentReceipts, RecentSheet } from './RecentReceipts.tsx';
import styles from './Service.module.css';
import { chassisTailOf, type StepWish } from './service-steps.ts';
import type { ServiceFlow } from './service-flow.ts';
import { useService } from './use-service.ts';
import { UnknownVehiclePane } from './UnknownVehiclePane.tsx';
import { VehiclePane } from './VehiclePane.tsx';
import { WhySheet } from './WhySheet.tsx';

/** A scanned text without the shape of a plate is a chassis number, where one is asked for. */
const PLATE_SHAPE = /^[A-Z]{1,2}[\s-]?\d{1,4}[\s-]?[A-ZØ]{0,3}$/i;

/** Brings the focus to the step where the next key stroke belongs. */
function useStepFocus(wish: StepWish): React.RefObject<HTMLDivElement | null> {
  const work = useRef<HTMLDivElement>(null);
  const granted = useRef<StepWish | undefined>(undefined);
  // After every drawing: the field of a wish may come a moment later than the wish, with the answer of the core.
  useLayoutEffect(() => {
    if (granted.current === wish) return;
    const field = work.current?.querySelector<HTMLElement>(`[data-step="${wish.step}"]`);
    if (field === undefined || field === null) return;
    granted.current = wish;
    field.focus();
    if (field instanceof HTMLInputElement && field.type === 'text') field.select();
  });
  return work;
}

/** Brings what a scanner read into the field that waits for it. */
function useScanned(flow: ServiceFlow, place: Extract<Place, { screen: 'service' }>): void {
  const { scanned, arrivalId } = place;
  useEffect(() => {
    if (scanned === undefined) return;
    const wantsTail = flow.draft !== undefined && flow.draft.identity === null && !PLATE_SHAPE.test(scanned.text);
    if (wantsTail) void flow.confirm(chassisTailOf(scanned.text));
    else void flow.find(scanned.text, arrivalId);
    // Each scan is one intention; the flow itself changes with every answer and must not repeat it.
  }, [scanned]);
}

/** The plate that was looked for and is not in the local registry. */
function unknownPlateOf(refusal: ScreenRefusal | undefined): string | undefined {
  const nrkb = refusal?.details['nrkb'];
  return typeof nrkb === 'string' ? nrkb : undefined;
}

/** What this payer has put together: what is being paid stays on the screen until its answer is there. */
function useBasket(): Readonly<{
  basket: BasketView | null;
  open: BasketView | null;
  setTaking: (basket: BasketView | null) => void;
}> {
  const current = useProcedure('baskets.current', {}).value ?? null;
  const [taking, setTaking] = useState<BasketView | null>(null);
  const basket = taking ?? current;
  return { basket, open: basket?.state === 'open' ? basket : null, setTaking };
}

/** Layanan: the whole transaction on one screen. */
export function Service({ place }: Readonly<{ place: Extract<Place, { screen: 'service' }> }>): ReactNode {
  const flow = useService();
  const { basket, open, setTaking } = useBasket();
  const { draft, wish, want } = flow;
  const [sheet, setSheet] = useState<'none' | 'why' | 'recent'>('none');
  const work = useStepFocus(wish);
  useScanned(flow, place);
  useKeys({
    plate: { run: () => want('plate'), label: SERVICE_TEXT.vehicle },
    // With papers on the screen the checklist itself has this key: there it also takes photographs.
    ...(draft === undefined || draft.identity === null
      ? { documents: { run: () => want('documents'), label: SERVICE_TEXT.documents } }
      : {}),
    recent: { run: () => setSheet('recent'), label: SERVICE_TEXT.lastReceipts },
    back: { run: flow.back },
  });
  const { step } = wish;
  const unknownPlate = unknownPlateOf(flow.refusal);
  const amount = draft?.amount ?? null;
  return (
    <div className={styles['service']} ref={work}>
      <div className={styles['left']}>
        <VehiclePane flow={flow} current={step === 'plate' || step === 'candidates' || step === 'tail'} />
        <DocumentsPane flow={flow} current={step === 'documents'} />
      </div>
      <div className={styles['middle']}>
        {draft === undefined ? (
          <Pane title={SERVICE_TEXT.lastReceipts} fill>
            <RecentReceipts />
          </Pane>
        ) : (
          <AmountPane flow={flow} draft={draft} onWhy={() => setSheet('why')} />
        )}
      </div>
      <div className={styles['right']}>
        {draft !== undefined ? (
          <PaymentPane
            key={draft.transactionId}
            flow={flow}
            draft={draft}
            basket={open}
            current={step === 'payer' || step === 'cash'}
          />
        ) : unknownPlate !== undefined ? (
          <UnknownVehiclePane key={unknownPlate} flow={flow} nrkb={unknownPlate} />
        ) : basket !== null ? (
          <BasketPane key={basket.basketId} flow={flow} basket={basket} onTaking={setTaking} />
        ) : flow.ended !== undefined ? (
          <EndedPane ended={flow.ended} />
        ) : (
          <Pane title={SERVICE_TEXT.payment} step={4} fill>
            <p className={styles['dim']}>{SERVICE_TEXT.waitingForVehicle}</p>
          </Pane>
        )}
      </div>
      {sheet === 'why' && amount !== null ? (
        <WhySheet amount={amount} transactionId={draft?.transactionId} onClose={() => setSheet('none')} />
      ) : null}
      {sheet === 'recent' ? <RecentSheet onClose={() => setSheet('none')} /> : null}
    </div>
  );
}
