import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { APPLICATION_TEXT } from '../text/application-text.ts';
import { DOCUMENTS_TEXT } from '../text/documents-text.ts';
import { FRAME_TEXT, PALETTE_TEXT, SCREEN_NAMES } from '../text/frame-text.ts';
import { LAYER } from '../ui/keyboard/key-layers.ts';
import { useKeys } from '../ui/keyboard/use-keys.tsx';
import { movedIndex } from '../ui/list-movement.ts';
import styles from './Frame.module.css';
import { DOCUMENTS_TABS, mayOpen, type Place, RAIL, useNavigation } from './navigation.tsx';
import { meaningOf } from './scan-meaning.ts';
import { useCounter } from './status.tsx';
import { Sheet } from '../ui/Sheet.tsx';

type Choice = Readonly<{ label: string; place: Place }>;

/** The places that a text may mean: screens by name, a plate to serve, anything to find in Riwayat. */
function choicesFor(text: string, role: Parameters<typeof mayOpen>[0]): readonly Choice[] {
  const wanted = text.trim().toLowerCase();
  const screens = RAIL.filter(
    (screen) => mayOpen(role, screen) && SCREEN_NAMES[screen].toLowerCase().includes(wanted),
  ).map((screen): Choice => ({ label: SCREEN_NAMES[screen], place: { screen } }));
  const parts = DOCUMENTS_TABS.filter(
    (tab) => mayOpen(role, 'documents') && DOCUMENTS_TEXT.tabs[tab].toLowerCase().includes(wanted),
  ).map((tab): Choice => ({ label: PALETTE_TEXT.part(DOCUMENTS_TEXT.tabs[tab]), place: { screen: 'documents', tab } }));
  const begin: readonly Choice[] =
    mayOpen(role, 'documents') && APPLICATION_TEXT.begin.toLowerCase().includes(wanted)
      ? [{ label: APPLICATION_TEXT.begin, place: { screen: 'documents', tab: 'applications', begin: true } }]
      : [];
  if (wanted.length < 2) return screens;
  const meaning = meaningOf(text);
  const serve: readonly Choice[] =
    meaning.kind === 'vehicle' && mayOpen(role, 'service')
      ? [
          {
            label: PALETTE_TEXT.serve(meaning.text),
            place: { screen: 'service', scanned: { text: meaning.text, nth: 0 } },
          },
        ]
      : [];
  const find: Choice = { label: PALETTE_TEXT.find(text.trim()), place: { screen: 'history', search: text.trim() } };
  // A word may be read as a plate with mistyped digits; what is named here goes before that.
  const named = [...screens, ...begin, ...parts];
  return meaning.kind === 'vehicle' && named.length === 0 ? [...serve, find] : [...named, ...serve, find];
}

/** Ctrl+K: finds any screen, plate or receipt number. */
export function Palette({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const { go } = useNavigation();
  const { signIn } = useCounter();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const id = useId();
  const choices = choicesFor(text, signIn.role);
  useKeys({ back: { run: onClose }, palette: { run: onClose } }, { level: LAYER.question, exclusive: true });

  const open = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    go(choice.place);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!event.repeat) open(choices[index]);
      return;
    }
    if (event.key === 'Home' || event.key === 'End') return;
    const moved = movedIndex(event.key, index, choices.length);
    if (moved === undefined) return;
    event.preventDefault();
    setIndex(moved);
  };
  return (
    <Sheet title={PALETTE_TEXT.title} width="38rem" closeLabel={FRAME_TEXT.close} onClose={onClose}>
      <TextInput
        data-autofocus
        data-takes-scan
        size="lg"
        aria-label={PALETTE_TEXT.title}
        placeholder={PALETTE_TEXT.placeholder}
        value={text}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={choices.length === 0 ? undefined : `${id}-${index}`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} className={styles['choices']} role="listbox" aria-label={PALETTE_TEXT.title}>
        {choices.map((choice, at) => (
          <li
            key={choice.label}
            id={`${id}-${at}`}
            className={styles['choice']}
            role="option"
            aria-selected={at === index}
            onClick={() => open(choice)}
          >
            {choice.label}
          </li>
        ))}
      </ul>
      <p className={styles['hint']}>{PALETTE_TEXT.hint}</p>
    </Sheet>
  );
}
