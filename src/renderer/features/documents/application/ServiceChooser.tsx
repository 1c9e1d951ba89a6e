import { type ReactNode, useState } from 'react';
import type { ServiceView } from '../../../../contract/views-documents.ts';
import { useProcedure } from '../../../app/queries.tsx';
import { APPLICATION_TEXT, serviceOffText } from '../../../text/application-text.ts';
import type { ScreenRefusal } from '../../../text/error-facts.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { KeyButton } from '../../../ui/KeyButton.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { RefusalCard } from '../../../ui/RefusalCard.tsx';
import { VirtualList } from '../../../ui/VirtualList.tsx';
import styles from './Application.module.css';

function ServiceRow({ service }: Readonly<{ service: ServiceView }>): ReactNode {
  return (
    <span className={styles['service']}>
      <strong>{service.name}</strong>
      <span>{service.audience}</span>
      <span className={styles['dim']}>
        {[
          `${APPLICATION_TEXT.agency} ${service.agency}`,
          `${APPLICATION_TEXT.promise} ${APPLICATION_TEXT.promised(service.promisedDays)}`,
          ...(service.agreement === null
            ? []
            : [APPLICATION_TEXT.agreement(service.agreement.number, service.agreement.to)]),
        ].join(' · ')}
      </span>
    </span>
  );
}

type ChooserProps = Readonly<{
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  onBegin: (serviceId: string) => void;
  onLeave: () => void;
}>;

/** Which service: those that are open here, and quietly those that are not, with why. */
export function ServiceChooser({ refusal, busy, onBegin, onLeave }: ChooserProps): ReactNode {
  const reading = useProcedure('services.list', {});
  const [selected, setSelected] = useState<string | undefined>();
  const services = (reading.value ?? []).filter((service) => service.kind === 'intake');
  const open = services.filter((service) => service.off === null);
  const closed = services.filter((service) => service.off !== null);
  const chosen = open.find((service) => service.serviceId === selected) ?? open[0];
  return (
    <div className={styles['chooser']}>
      <Pane
        title={APPLICATION_TEXT.services}
        fill
        aside={<KeyButton action="back" small label={APPLICATION_TEXT.back} onPress={onLeave} />}
        foot={
          <div className={styles['actions']}>
            <KeyButton
              action="primary"
              primary
              label={APPLICATION_TEXT.choice}
              disabled={chosen === undefined}
              busy={busy}
              onPress={() => {
                if (chosen !== undefined) onBegin(chosen.serviceId);
              }}
            />
          </div>
        }
      >
        {reading.refusal === undefined ? null : <RefusalCard refusal={reading.refusal} />}
        <VirtualList<ServiceView>
          label={APPLICATION_TEXT.services}
          rows={open}
          keyOf={(service) => service.serviceId}
          rowRem={5.5}
          columns="minmax(0, 1fr)"
          selected={chosen?.serviceId}
          onSelect={(service) => setSelected(service.serviceId)}
          onOpen={(service) => onBegin(service.serviceId)}
          autoFocus
          empty={
            reading.value === undefined ? null : (
              <EmptyState text={APPLICATION_TEXT.servicesNone} next={APPLICATION_TEXT.servicesNoneNext} />
            )
          }
          render={(service) => <ServiceRow service={service} />}
        />
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      </Pane>
      {closed.length === 0 ? null : (
        <div className={styles['closed']}>
          <Pane title={APPLICATION_TEXT.notOpen} fill>
            <ul>
              {closed.map((service) => (
                <li key={service.serviceId}>
                  <span>{service.name}</span>
                  <span className={styles['dim']}>{service.off === null ? '' : serviceOffText(service.off)}</span>
                </li>
              ))}
            </ul>
          </Pane>
        </div>
      )}
    </div>
  );
}
