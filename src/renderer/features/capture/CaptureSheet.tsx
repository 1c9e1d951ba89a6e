import { type ReactNode, useState } from 'react';
import { type CaptureRequest, useCapture } from '../../app/capture-request.tsx';
import { CAPTURE_TEXT } from '../../text/capture-text.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './Capture.module.css';
import { PagesPanel } from './PagesPanel.tsx';
import { TakePages } from './TakePages.tsx';

function OpenSheet({ request, close }: Readonly<{ request: CaptureRequest; close: () => void }>): ReactNode {
  const [taking, setTaking] = useState<CaptureRequest | undefined>(request.open === 'take' ? request : undefined);
  const title = taking === undefined ? CAPTURE_TEXT.pagesTitle(request.label) : CAPTURE_TEXT.title(request.label);
  // Back to the pages where the sheet was opened to look at them, else out of it.
  const done = request.open === 'take' ? close : () => setTaking(undefined);
  return (
    <Sheet title={title} width="72rem" closeLabel={CAPTURE_TEXT.close} onClose={close}>
      <div className={styles['sheet']}>
        {taking === undefined ? (
          <PagesPanel
            request={request}
            onTake={(replaces) => setTaking(replaces === undefined ? request : { ...request, replaces })}
            onDone={close}
          />
        ) : (
          <TakePages key={taking.replaces ?? 'new'} request={taking} onDone={done} />
        )}
      </div>
    </Sheet>
  );
}

/** The sheet that takes pages in and shows those that are kept; the frame draws it over any screen that asks. */
export function CaptureSheet(): ReactNode {
  const { request, close } = useCapture();
  return request === undefined ? null : (
    <OpenSheet key={`${request.stream}-${request.kind}`} request={request} close={close} />
  );
}
