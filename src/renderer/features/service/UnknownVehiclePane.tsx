import { type ReactNode, useState } from 'react';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { PayerFields } from './PayerFields.tsx';
import { NO_PAYER, payerInput, phoneIsPlausible } from './payer.ts';
import type { ServiceFlow } from './service-flow.ts';

/** A plate that the local registry does not know: no amount, but the arrival is proved all the same. */
export function UnknownVehiclePane({ flow, nrkb }: Readonly<{ flow: ServiceFlow; nrkb: string }>): ReactNode {
  const [payer, setPayer] = useState(NO_PAYER);
  const plausible = phoneIsPlausible(payer.phone);
  const record = (): void => {
    if (plausible) void flow.recordUnknownArrival(nrkb, payerInput(payer));
    else flow.want('payer');
  };
  return (
    <Pane
      title={SERVICE_TEXT.stillPossible}
      step={4}
      fill
      foot={<KeyButton action="primary" label={SERVICE_TEXT.intake} onPress={record} primary wide busy={flow.ending} />}
    >
      <Plate nrkb={nrkb} size="card" />
      <p>{SERVICE_TEXT.unknownVehicle}</p>
      <PayerFields payer={payer} phoneIsWrong={!plausible} withOwner={false} onChange={setPayer} onDone={record} />
      {flow.refusal === undefined || flow.refusal.code === 'VEHICLE_UNKNOWN' ? null : (
        <RefusalCard refusal={flow.refusal} />
      )}
    </Pane>
  );
}
