import { Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { BANNER_TEXT } from '../text/banner-text.ts';
import { KeyButton } from '../ui/KeyButton.tsx';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { type Banner, type BannerAction, bannersOf } from './banner-list.ts';
import styles from './Banners.module.css';
import { mayOpen, useNavigation } from './navigation.tsx';
import { useAction, useProcedure } from './queries.tsx';
import { useCounter } from './status.tsx';

const LABELS: Readonly<Record<Exclude<BannerAction, 'acknowledge'>, string>> = {
  outbox: BANNER_TEXT.openOutbox,
  cash: BANNER_TEXT.openCash,
  device: BANNER_TEXT.openDevice,
};

function Act({ action }: Readonly<{ action: BannerAction | undefined }>): ReactNode {
  const { go, place } = useNavigation();
  const { signIn } = useCounter();
  const acknowledge = useAction('clock.acknowledge');
  if (action === undefined) return null;
  if (action === 'acknowledge') {
    return (
      <KeyButton
        action="acknowledge"
        label={BANNER_TEXT.acknowledge}
        onPress={() => void acknowledge.run({})}
        busy={acknowledge.busy}
        level={LAYER.frame}
      />
    );
  }
  if (place.screen === action || !mayOpen(signIn.role, action)) return null;
  return (
    <Button variant="default" size="compact-sm" onClick={() => go({ screen: action })}>
      {LABELS[action]}
    </Button>
  );
}

function Row({ banner }: Readonly<{ banner: Banner }>): ReactNode {
  const Icon = banner.tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  const { what, safe, next } = banner.sentences;
  return (
    <li className={styles['banner']} data-tone={banner.tone}>
      <Icon size="1.25rem" aria-hidden />
      <p>
        <strong>{what}</strong> <span className={styles['safe']}>{safe}</span> {next}
      </p>
      <Act action={banner.action} />
    </li>
  );
}

/** What must be said on every screen: the gravest in full, the others one press away. */
export function Banners(): ReactNode {
  const { status } = useCounter();
  const mirror = useProcedure('mirror.status', {});
  const space = useProcedure('documents.space', {});
  const [open, setOpen] = useState(false);
  const banners = bannersOf(status, mirror.value, space.value);
  const [first, ...others] = banners;
  if (first === undefined) return null;
  return (
    <section className={styles['banners']} aria-label={BANNER_TEXT.label}>
      <ul role="alert">
        {(open ? banners : [first]).map((banner) => (
          <Row key={banner.id} banner={banner} />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <button type="button" className={styles['more']} aria-expanded={open} onClick={() => setOpen((was) => !was)}>
          {open ? BANNER_TEXT.fewer : BANNER_TEXT.others(others.length)}
        </button>
      )}
    </section>
  );
}
