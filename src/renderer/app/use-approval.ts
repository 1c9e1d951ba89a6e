import { useState } from 'react';
import type { ApprovalProof } from '../../contract/approval-proof.ts';
import type { ApprovalRequestView } from '../../contract/views-approvals.ts';
import type { ApprovalAction, DoorAction } from '../../domain/approval.ts';
import { assertNever } from '../../domain/result.ts';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { useAction } from './queries.tsx';

/** The act that a screen wants a second person for; `content` is what else the act does, as its command says it. */
export type AskedAct = Readonly<{
  action: ApprovalAction;
  subject: string;
  amount: number;
  content: Readonly<Record<string, string | number | boolean | null>>;
}>;

/** An act at the door, where nobody is signed in. */
export type DoorAsk = Readonly<{ door: DoorAction; officerId: string; name: string }>;

/** How the second person shows that it is him. */
export type ApprovalWay = ApprovalProof['by'];

/** What was typed so far. */
type Typed = Readonly<{ supervisorId: string; pin: string; code: string; list: string; place: string }>;

const NOTHING: Typed = { supervisorId: '', pin: '', code: '', list: '', place: '' };

/** Fewer digits are no PIN of a supervisor. */
const SHORTEST_PIN = 8;

type Made = Readonly<{ request: ApprovalRequestView; of: string }>;

function proofOf(way: ApprovalWay, typed: Typed, requestId: string | undefined): ApprovalProof | null {
  const { supervisorId, pin, code, list, place } = typed;
  const hasCode = /^\d{8}$/.test(code);
  switch (way) {
    case 'pin':
      return supervisorId === '' || pin.length < SHORTEST_PIN ? null : { by: 'pin', supervisorId, pin };
    case 'code':
      return requestId === undefined || !hasCode ? null : { by: 'code', requestId, code };
    case 'list': {
      const [listNo, placeNo] = [Number(list), Number(place)];
      const isWhole = supervisorId !== '' && listNo > 0 && placeNo > 0 && hasCode;
      return isWhole ? { by: 'list', supervisorId, list: listNo, place: placeNo, code } : null;
    }
    default:
      return assertNever(way);
  }
}

/** The state of one approval on one screen. */
export type Approving = Readonly<{
  way: ApprovalWay;
  choose: (way: ApprovalWay) => void;
  typed: Typed;
  type: (change: Partial<Typed>) => void;
  /** The request that stands on the screen; undefined before there is one. */
  request: ApprovalRequestView | undefined;
  /** Whether the act was changed after its request was made: the request is worth nothing then. */
  outdated: boolean;
  /** Makes a request; undefined while the act is not complete. */
  make: (() => Promise<void>) | undefined;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  /** What the command is given; null while it is not complete. */
  proof: ApprovalProof | null;
  /** After a refusal: what was typed is worth nothing. */
  forget: () => void;
}>;

/** Holds one approval; `asked` is null while the act is not complete. */
export function useApproval(asked: AskedAct | DoorAsk | null): Approving {
  const ask = useAction('approvals.request');
  const askAtDoor = useAction('approvals.request-at-door');
  const [way, setWay] = useState<ApprovalWay>('pin');
  const [typed, setTyped] = useState<Typed>(NOTHING);
  const [made, setMade] = useState<Made | undefined>();
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const now = JSON.stringify(asked);
  const outdated = made !== undefined && made.of !== now;
  const request = outdated ? undefined : made?.request;
  return {
    way,
    choose: setWay,
    typed,
    type: (change) => setTyped((before) => ({ ...before, ...change })),
    request,
    outdated,
    make:
      asked === null
        ? undefined
        : async () => {
            const answer =
              'door' in asked
                ? await askAtDoor.run({ action: asked.door, officerId: asked.officerId, name: asked.name })
                : await ask.run({ ...asked, content: { ...asked.content } });
            if (answer === undefined) return;
            setTyped((before) => ({ ...before, code: '' }));
            setRefusal(answer.ok ? undefined : answer.error);
            setMade(answer.ok ? { request: answer.value, of: now } : undefined);
          },
    refusal,
    busy: ask.busy || askAtDoor.busy,
    proof: proofOf(way, typed, request?.requestId),
    forget: () => setTyped((before) => ({ ...before, pin: '', code: '' })),
  };
}
