import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { chooseLanguage, chooseTextSize, readTextSize, TEXT_SIZES } from '../../app/display-preference.ts';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import { LANGUAGE, LANGUAGES } from '../../text/language.ts';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Device.module.css';

/** Language, colour and text size of this panel. */
export function DisplaySettings(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [size, setSize] = useState(() => readTextSize(window));
  return (
    <Pane title={DEVICE_TEXT.display}>
      <div className={styles['setting']}>
        <span>{DEVICE_TEXT.language}</span>
        <SegmentedControl
          aria-label={DEVICE_TEXT.language}
          value={LANGUAGE}
          onChange={(value) => chooseLanguage(window, value === 'en' ? 'en' : 'id')}
          data={LANGUAGES.map((language) => ({ value: language, label: DEVICE_TEXT.languages[language] }))}
        />
      </div>
      <div className={styles['setting']}>
        <span>{DEVICE_TEXT.theme}</span>
        <SegmentedControl
          aria-label={DEVICE_TEXT.theme}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
          data={[
            { value: 'light', label: DEVICE_TEXT.themes.light },
            { value: 'dark', label: DEVICE_TEXT.themes.dark },
            { value: 'auto', label: DEVICE_TEXT.themes.auto },
          ]}
        />
      </div>
      <div className={styles['setting']}>
        <span>{DEVICE_TEXT.textSize}</span>
        <SegmentedControl
          aria-label={DEVICE_TEXT.textSize}
          value={String(size)}
          onChange={(value) => {
            const next = TEXT_SIZES.find((each) => String(each) === value) ?? 100;
            setSize(next);
            chooseTextSize(window, next);
          }}
          data={TEXT_SIZES.map((each) => ({ value: String(each), label: `${each} %` }))}
        />
      </div>
    </Pane>
  );
}
