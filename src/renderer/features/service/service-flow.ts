import type { BasketPaidView } from '../../../contract/views-payments.ts';
import type { DraftView, PaidView } from '../../../contract/views-transaction.ts';
import type { VehicleCard } from '../../../contract/views-vehicle.ts';
import type { Waive } from '../../app/checklist/WaiveSheet.tsx';
import type { CommandMethod, InputFor } from '../../app/client.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import type { PayerInput } from './payer.ts';
import type { Step, StepWish } from './service-steps.ts';

/** What the last service ended with: the money taken, or the papers taken in. */
export type Ended =
  | Readonly<{ kind: 'paid'; paid: PaidView; nrkb: string }>
  | Readonly<{ kind: 'basket'; paid: BasketPaidView }>
  | Readonly<{ kind: 'arrived'; arrivalNumber: string; printJobId: string | null; nrkb: string }>;

export type DraftCommand = Extract<
  CommandMethod,
  'transactions.set-documents' | 'transactions.set-financed' | 'transactions.set-payer' | 'transactions.set-groups'
>;

/** What has to be on the disk before a service ends; undefined: it was refused, and nothing ends. */
export type Saved = Promise<DraftView | undefined>;

/** The service at the counter: what is known of it, and every way it can go on. */
export type ServiceFlow = Readonly<{
  draft: DraftView | undefined;
  /** An open service that stands aside while another vehicle is looked for and not found. */
  held: DraftView | undefined;
  candidates: readonly VehicleCard[];
  refusal: ScreenRefusal | undefined;
  ended: Ended | undefined;
  resumed: boolean;
  busy: boolean;
  /** The money or the papers are being taken right now. */
  ending: boolean;
  wish: StepWish;
  want: (step: Step) => void;
  /** Esc: one step back, or back to the service that stands aside. */
  back: () => void;
  /** The next plate is being typed: a refusal that comes now leaves the focus there. */
  noteTyping: () => void;
  find: (text: string, arrivalId?: string) => Promise<void>;
  begin: (card: VehicleCard, arrivalId?: string) => Promise<void>;
  confirm: (chassisTail: string) => Promise<void>;
  /** Changes the open service; the input is made from it as it is when its turn comes. */
  change: <M extends DraftCommand>(
    method: M,
    inputFor: (draft: DraftView) => InputFor<M>,
  ) => Promise<DraftView | undefined>;
  /** Lets a missing paper pass, with its reason and, where policy wants one, a supervisor. */
  waive: Waive;
  /** `confirmed`: the officer was asked whether so much money can be true, and said yes. `saved` as of `Saved`. */
  pay: (tendered: number, confirmed: boolean, saved?: Saved) => Promise<void>;
  /** The service joins the others of this payer; what is typed from now on is the next plate already. */
  addToBasket: (saved: Saved) => Promise<void>;
  /** A service that was taken out of a basket is on the screen again. */
  takeUp: (transactionId: string) => Promise<void>;
  /**
   * Something ended beside the screen of this service: a payment that was confirmed, a basket. With `of`: only while that
   * service is still the open one, for the word of a provider may come when the next citizen stands there.
   */
  end: (outcome: Ended, of?: string) => void;
  recordArrival: (saved: Saved) => Promise<void>;
  /** For a vehicle that the local registry does not know. */
  recordUnknownArrival: (nrkb: string, payer: PayerInput) => Promise<void>;
  printQuote: () => Promise<boolean>;
  abandon: () => Promise<void>;
}>;
