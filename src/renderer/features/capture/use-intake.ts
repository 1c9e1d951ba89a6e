import { useCallback, useEffect, useRef, useState } from 'react';
import type { LookedPage, Quad } from '../../../contract/views-documents.ts';
import type { Client } from '../../app/client.ts';
import type { CaptureRequest } from '../../app/capture-request.tsx';
import { useClient } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { type Corner, cropOf, INSIDE, moveCorner, type Turn, turned, WHOLE } from './crop-quad.ts';
import { base64Of, FileUnreadable, partsOf } from './file-parts.ts';

/** A page that was looked at, and what the officer made of it. */
export type PageChoice = Readonly<{ page: LookedPage; quad: Quad; turn: Turn; chosen: boolean }>;

/** Where the taking-in stands. */
export type IntakePhase =
  | Readonly<{ kind: 'idle' }>
  | Readonly<{ kind: 'sending'; sent: number; total: number }>
  | Readonly<{ kind: 'looking' }>
  | Readonly<{ kind: 'look'; intakeId: string; pages: readonly PageChoice[]; left: number; keeping: boolean }>;

/** Takes one file after the other in: sent in parts, looked at, kept or dropped. */
export type Intake = Readonly<{
  phase: IntakePhase;
  refusal: ScreenRefusal | undefined;
  /** Pages kept since the sheet was opened. */
  kept: number;
  send: (file: Blob, camera: boolean) => Promise<void>;
  takeScan: (file: string) => Promise<void>;
  lookFurther: () => Promise<void>;
  change: (pageNo: number, change: (choice: PageChoice) => PageChoice) => void;
  keep: (evenIfRepeated: boolean) => Promise<boolean>;
  /** Lets the file go; nothing of it was kept. */
  drop: () => void;
}>;

/** How a page stands first: its found edges, else the whole picture; only the first page of several is chosen. */
function firstChoice(page: LookedPage, single: boolean): PageChoice {
  return { page, quad: page.quad ?? WHOLE, turn: 0, chosen: single || page.pageNo === 1 };
}

/** The page with one corner elsewhere. */
export function withCorner(choice: PageChoice, index: number, to: Corner): PageChoice {
  return { ...choice, quad: moveCorner(choice.quad, index, to) };
}

/** A quarter turn to the right. */
export function withTurn(choice: PageChoice): PageChoice {
  return { ...choice, turn: turned(choice.turn) };
}

/** From the whole picture to a crop that can be moved, and back. */
export function withWhole(choice: PageChoice): PageChoice {
  return { ...choice, quad: cropOf(choice.quad) === null ? (choice.page.quad ?? INSIDE) : WHOLE };
}

const UNREADABLE: ScreenRefusal = { code: 'SCAN_FILE_GONE', path: [], details: {} };

type Sent = Readonly<{ ok: true; intakeId: string }> | Readonly<{ ok: false; error: ScreenRefusal }>;

async function sendFile(
  client: Client,
  stream: string,
  file: Blob,
  camera: boolean,
  onSent: (sent: number) => void,
): Promise<Sent> {
  const begun = await client.command('documents.begin-intake', { stream, bytes: file.size, camera });
  if (!begun.ok) return begun;
  const { intakeId, partBytes } = begun.value;
  try {
    for (const part of partsOf(file.size, partBytes)) {
      const data = await base64Of(file.slice(part.from, part.to));
      const added = await client.command('documents.add-part', { intakeId, offset: part.offset, data });
      if (!added.ok) return added;
      onSent(added.value.received);
    }
  } catch (failure) {
    if (!(failure instanceof FileUnreadable)) throw failure;
    await client.command('documents.drop-intake', { intakeId });
    return { ok: false, error: UNREADABLE };
  }
  return { ok: true, intakeId };
}

const IDLE: IntakePhase = { kind: 'idle' };

/** The taking-in of one sheet. What is under way when the sheet closes is dropped. */
export function useIntake({ stream, kind, replaces, onKept }: CaptureRequest): Intake {
  const client = useClient();
  const [phase, setPhase] = useState<IntakePhase>(IDLE);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [kept, setKept] = useState(0);
  const open = useRef<string | undefined>(undefined);
  const turn = useRef(0);

  const letGo = useCallback((): void => {
    turn.current += 1;
    const intakeId = open.current;
    open.current = undefined;
    if (intakeId !== undefined) void client.command('documents.drop-intake', { intakeId });
  }, [client]);
  useEffect(() => letGo, [letGo]);

  const refuse = (error: ScreenRefusal): void => {
    setRefusal(error);
    letGo();
    setPhase(IDLE);
  };

  const look = async (intakeId: string, mine: number, before: readonly PageChoice[]): Promise<void> => {
    const answer = await client.command('documents.look', { intakeId, fromPage: before.length + 1 });
    if (turn.current !== mine) return;
    if (!answer.ok) {
      refuse(answer.error);
      return;
    }
    const { pages, left } = answer.value;
    const single = before.length === 0 && pages.length === 1 && left === 0;
    const choices = [...before, ...pages.map((page) => firstChoice(page, single))];
    setPhase({ kind: 'look', intakeId, pages: choices, left, keeping: false });
  };

  const take = async (work: () => Promise<Sent>): Promise<void> => {
    letGo();
    setRefusal(undefined);
    const mine = turn.current;
    const sent = await work();
    if (turn.current !== mine) {
      if (sent.ok) void client.command('documents.drop-intake', { intakeId: sent.intakeId });
      return;
    }
    if (!sent.ok) {
      refuse(sent.error);
      return;
    }
    open.current = sent.intakeId;
    setPhase({ kind: 'looking' });
    await look(sent.intakeId, mine, []);
  };

  const keep = async (evenIfRepeated: boolean): Promise<boolean> => {
    if (phase.kind !== 'look' || phase.keeping) return false;
    const pages = phase.pages.filter((choice) => choice.chosen);
    if (pages.length === 0) return false;
    setPhase({ ...phase, keeping: true });
    setRefusal(undefined);
    const answer = await client.command('documents.keep', {
      intakeId: phase.intakeId,
      kind,
      pages: pages.map(({ page, quad, turn: by }) => ({ pageNo: page.pageNo, quad: cropOf(quad), turn: by })),
      replaces: replaces ?? null,
      evenIfRepeated,
    });
    if (!answer.ok) {
      setRefusal(answer.error);
      setPhase({ ...phase, keeping: false });
      return false;
    }
    open.current = undefined;
    turn.current += 1;
    setKept((before) => before + pages.length);
    setPhase(IDLE);
    onKept?.();
    return true;
  };

  return {
    phase,
    refusal,
    kept,
    send: (file, camera) =>
      take(() => {
        setPhase({ kind: 'sending', sent: 0, total: file.size });
        return sendFile(client, stream, file, camera, (sent) =>
          setPhase((was) => (was.kind === 'sending' ? { ...was, sent } : was)),
        );
      }),
    takeScan: (file) =>
      take(async () => {
        setPhase({ kind: 'looking' });
        const taken = await client.command('documents.take-scan', { stream, file });
        return taken.ok ? { ok: true, intakeId: taken.value.intakeId } : taken;
      }),
    lookFurther: async () => {
      if (phase.kind === 'look') await look(phase.intakeId, turn.current, phase.pages);
    },
    change: (pageNo, change) =>
      setPhase((was) =>
        was.kind === 'look'
          ? { ...was, pages: was.pages.map((each) => (each.page.pageNo === pageNo ? change(each) : each)) }
          : was,
      ),
    keep,
    drop: () => {
      letGo();
      setRefusal(undefined);
      setPhase(IDLE);
    },
  };
}
