type CapturedPageTable = {
  device_id: string;
  document_id: string;
  stream: string;
  kind: string;
  received_at: number;
};
type DiscardedPageTable = { device_id: string; document_id: string; received_at: number };
type DocumentTable = {
  device_id: string;
  document_id: string;
  stream: string;
  kind: string;
  bytes: number;
  sealed_to: string;
  state: 'stored' | 'refused';
  reason: string | null;
  width: number | null;
  height: number | null;
  received_at: number;
};
type DocumentKeyTable = { device_id: string; document_id: string; stream: string; jwe: string };
type DocumentErasureTable = {
  device_id: string;
  document_id: string;
  cause: 'person' | 'retention';
  erased_at: number;
  bytes_removed_at: number | null;
};
type PersonErasureTable = { device_id: string; stream: string; reason: string; erased_at: number };
type DocumentLookTable = {
  device_id: string;
  look_id: string;
  document_id: string;
  looker: string;
  officer_id: string | null;
  reason: string;
  looked_at: number;
};
type PageDecisionTable = {
  device_id: string;
  document_id: string;
  decision_id: string;
  reason: string;
  decided_at: number;
};

/** Tables of pages of papers, their keys, and what is known of both. */
export type DocumentTables = {
  captured_page: CapturedPageTable;
  discarded_page: DiscardedPageTable;
  document: DocumentTable;
  document_key: DocumentKeyTable;
  document_erasure: DocumentErasureTable;
  person_erasure: PersonErasureTable;
  document_look: DocumentLookTable;
  page_decision: PageDecisionTable;
};
