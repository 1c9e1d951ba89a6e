import type { ApplicationDraftService } from './applications/application-draft-service.ts';
import type { ApplicationsService } from './applications/applications-service.ts';
import type { ReceiveService } from './applications/receive-application.ts';
import type { AuditFeatures } from './counter-audit.ts';
import type { ApprovalFeatures } from './counter-approvals.ts';
import type { BackupService } from './backup/backup-service.ts';
import type { AuthService } from './auth/auth-service.ts';
import type { CashService } from './cash/cash-service.ts';
import type { CourierService } from './cash/courier-service.ts';
import type { DepositService } from './cash/deposit-service.ts';
import type { FloatService } from './cash/float-service.ts';
import type { InspectionService } from './cash/inspection-service.ts';
import type { HandOverService } from './cash/hand-over-service.ts';
import type { OversightService } from './cash/oversight-service.ts';
import type { PauseService } from './cash/pause-service.ts';
import type { SlipService } from './cash/slip-service.ts';
import type { StandingService } from './cash/standing-service.ts';
import type { DocumentsService } from './documents/documents-service.ts';
import type { IntakeService } from './documents/intake-service.ts';
import type { createKeepPages } from './documents/keep-pages.ts';
import type { PageFiles } from './documents/page-files.ts';
import type { EmergencyService } from './emergency/emergency-service.ts';
import type { CaseFeatures } from './counter-cases.ts';
import type { PeopleFeatures } from './counter-people.ts';
import type { RegionFeatures } from './counter-region.ts';
import type { FormsService } from './forms/forms-service.ts';
import type { Foundation } from './foundation.ts';
import type { RecoverMirror } from './bundle/recover-mirror.ts';
import type { Mirror } from './journal/mirror.ts';
import type { Position } from './journal/entry-text.ts';
import type { SlipSigner } from './journal/slip-signer.ts';
import type { OriginalsService } from './originals/originals-service.ts';
import type { PaymentsService } from './payments/payments-service.ts';
import type { PrintService } from './printing/print-service.ts';
import type { QueueService } from './queue/queue-service.ts';
import type { ReadingService, RegisteredFields } from './reading/reading-service.ts';
import type { RegistryService } from './registry/registry-service.ts';
import type { ReportExportService } from './reports/report-export-service.ts';
import type { ReportsService } from './reports/reports-service.ts';
import type { ServicesService } from './services/services-service.ts';
import type { FlashdiskService } from './sync/flashdisk-service.ts';
import type { OutboxService } from './sync/outbox-service.ts';
import type { SyncLoop } from './sync/sync-loop.ts';
import type { OpenPage } from './sync/open-page.ts';
import type { UploadLane } from './sync/upload-lane.ts';
import type { ArrivalService } from './transactions/arrival-service.ts';
import type { BasketService } from './transactions/basket-service.ts';
import type { BillDesk } from './transactions/bill-desk.ts';
import type { ErasureService } from './transactions/erasure-service.ts';
import type { HistoryService } from './transactions/history-service.ts';
import type { PayService } from './transactions/pay-service.ts';
import type { PickUpService } from './transactions/pick-up-service.ts';
import type { VoidService } from './transactions/void-service.ts';
import type { TransactionsService } from './transactions/transactions-service.ts';
import type { WaiverService } from './transactions/waiver-service.ts';

/** The drawer's day: counted, paused, handed over, emptied, and where its cash goes. */
export type CashFeatures = {
  readonly cash: CashService;
  readonly deposits: DepositService;
  readonly floats: FloatService;
  readonly oversight: OversightService;
  readonly pauses: PauseService;
  readonly handOvers: HandOverService;
  readonly inspections: InspectionService;
  readonly couriers: CourierService;
  readonly standings: StandingService;
  readonly drawerSlips: SlipService;
  /** Number on the paper of the entry at a place. */
  readonly numberAt: (position: Position) => string;
};

/** Services beside the sale, and the waivers of both. */
export type ApplicationFeatures = {
  readonly services: ServicesService;
  readonly applicationDrafts: ApplicationDraftService;
  readonly applications: ApplicationsService;
  readonly receiving: ReceiveService;
  readonly waivers: WaiverService;
};

/** The drawer of originals, the queue, pre-printed forms, and the slips that prove them. */
export type OriginalsFeatures = {
  readonly slips: SlipSigner;
  readonly originals: OriginalsService;
  readonly queue: QueueService;
  readonly forms: FormsService;
};

/** What stands on a page, beside what the registry says. */
export type ReadingFeatures = {
  readonly reading: ReadingService;
  /** What the registry says of the vehicle that a page belongs to, as far as it may be seen now. */
  readonly registeredFor: (documentId: string) => Promise<RegisteredFields>;
};

/** Pages of papers, from a file to safe keeping. */
export type DocumentFeatures = ReadingFeatures & {
  readonly pageFiles: PageFiles;
  readonly intake: IntakeService;
  readonly keepPages: ReturnType<typeof createKeepPages>;
  readonly documents: DocumentsService;
  readonly pagesLife: {
    /** Puts right what a power cut left, then looks after the keys. */
    readonly start: () => Promise<void>;
    readonly stop: () => Promise<void>;
  };
};

/** The features of an enrolled counter, standing on its foundation. */
export type Features = Foundation &
  ApprovalFeatures &
  AuditFeatures &
  CashFeatures &
  CaseFeatures &
  RegionFeatures &
  PeopleFeatures &
  ApplicationFeatures &
  OriginalsFeatures &
  DocumentFeatures & {
    readonly auth: AuthService;
    readonly emergency: EmergencyService;
    readonly registry: RegistryService;
    readonly transactions: TransactionsService;
    readonly bills: BillDesk;
    readonly pay: PayService;
    readonly baskets: BasketService;
    readonly payments: PaymentsService;
    readonly arrivals: ArrivalService;
    readonly history: HistoryService;
    readonly erasure: ErasureService;
    readonly voids: VoidService;
    readonly pickUp: PickUpService;
    readonly outbox: OutboxService;
    readonly flashdisk: FlashdiskService;
    readonly reports: ReportsService;
    readonly reportDesk: ReportExportService;
    readonly printing: PrintService;
    readonly mirror: Mirror;
    readonly backups: BackupService;
    readonly recoverMirror: RecoverMirror;
    readonly loop: SyncLoop;
    readonly lane: UploadLane;
    readonly openPage: OpenPage;
  };
