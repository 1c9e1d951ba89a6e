import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CAPTURE_TEXT } from '../../text/capture-text.ts';
import styles from './Capture.module.css';

/** What the dialog of the system offers first; what a file really is, the core finds out. */
const KINDS = 'image/jpeg,image/png,image/webp,image/tiff,application/pdf';

/** Berkas: one or several files by dialog, or dropped here. */
export function FilePanel({ onFiles }: Readonly<{ onFiles: (files: readonly File[]) => void }>): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    button.current?.focus();
  }, []);
  const take = (files: FileList | null): void => {
    if (files !== null && files.length > 0) onFiles([...files]);
  };
  return (
    <div
      className={styles['drop']}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <IconFileUpload size="2.5rem" aria-hidden />
      <p>{CAPTURE_TEXT.drop}</p>
      <p className={styles['dim']}>{CAPTURE_TEXT.dropKinds}</p>
      <input
        ref={input}
        type="file"
        accept={KINDS}
        multiple
        hidden
        aria-label={CAPTURE_TEXT.pick}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button ref={button} size="lg" color="opop" onClick={() => input.current?.click()}>
        {CAPTURE_TEXT.pick}
      </Button>
    </div>
  );
}
