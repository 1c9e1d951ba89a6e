import { type ReactNode, useState } from 'react';
import type { ExportedReport } from '../../../contract/views-reports.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { REPORTS_TEXT } from '../../text/reports-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import type { InputFor } from '../client.ts';
import { useAction } from '../queries.tsx';
import styles from './Export.module.css';
import { Exported, ExportPlaces, useExportPlaces } from './ExportParts.tsx';

type What = InputFor<'insight.export'>['what'];

/** Saves something of a region as a file: what it is stands above, then where to, then what came of it. */
export function SaveSheet({
  title,
  what,
  onClose,
  children,
}: Readonly<{ title: string; what: What | undefined; onClose: () => void; children: ReactNode }>): ReactNode {
  const places = useExportPlaces();
  const save = useAction('insight.export');
  const [chosen, setChosen] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [exported, setExported] = useState<ExportedReport | undefined>();
  const folder = chosen ?? places[0]?.folder;
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const submit = async (): Promise<void> => {
    if (folder === undefined || what === undefined) return;
    const answer = await save.run({ what, folder });
    if (answer === undefined) return;
    if (answer.ok) setExported(answer.value);
    else setRefusal(answer.error);
  };
  return (
    <Sheet title={title} width="40rem" closeLabel={REPORTS_TEXT.close} onClose={onClose}>
      {exported !== undefined ? (
        <Exported report={exported} onClose={onClose} />
      ) : (
        <div className={styles['dialog']}>
          {children}
          <ExportPlaces places={places} folder={folder} onChange={setChosen} />
          <SheetFoot
            cancelLabel={REPORTS_TEXT.cancel}
            submitLabel={REPORTS_TEXT.save}
            ready={folder !== undefined && what !== undefined}
            busy={save.busy}
            refusal={refusal}
            onSubmit={() => void submit()}
            onClose={onClose}
          />
        </div>
      )}
    </Sheet>
  );
}
