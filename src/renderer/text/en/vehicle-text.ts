export const BLOCK_REASONS = {
  sold: 'reported as sold by the former owner',
  theft: 'reported as lost or stolen',
  creditor: 'asked for by a creditor',
  'traffic-fine': 'an electronic traffic fine is not settled',
  'hit-and-run': 'involved in a hit-and-run',
};

export const MISSING_FACTS = {
  kind: 'kind of vehicle',
  engineCc: 'engine size',
  use: 'use',
  ownerKind: 'kind of owner',
  energy: 'fuel',
  rank: 'rank of ownership',
  njkb: 'NJKB',
  weightFactor: 'weight factor',
  regency: 'regency or city',
  dueOn: 'due date',
  stnkValidUntil: 'validity of the STNK',
  swdklljClass: 'SWDKLLJ class',
};

export const COMPONENT_TEXT = {
  pkb: 'PKB',
  pkbFine: 'PKB fine',
  opsenPkb: 'Opsen PKB',
  opsenPkbFine: 'Opsen fine',
  swdkllj: 'SWDKLLJ',
  swdklljFine: 'SWDKLLJ fine',
  subscriptionParking: 'Subscription parking',
};

export const DOCUMENT_TEXT = {
  stnk: 'Original STNK',
  'owner-ktp': 'KTP of the owner',
  'last-notice': 'SKPD of last year',
  'power-of-attorney': 'Power of attorney',
  'representative-ktp': 'KTP of the authorised person',
  'company-letter': 'Letter of the company',
  'leasing-letter': 'Letter of the lender',
  'emergency-receipt': 'Emergency receipt',
};

export const KIND_TEXT = {
  motorcycle: 'motorcycle',
  'three-wheeler': 'three-wheeler',
  sedan: 'sedan',
  jeep: 'jeep',
  minibus: 'minibus',
  microbus: 'microbus',
  pickup: 'pickup',
  'blind-van': 'blind van',
  bus: 'bus',
  'light-truck': 'light truck',
  truck: 'truck',
  ambulance: 'ambulance',
  hearse: 'hearse',
  'fire-engine': 'fire engine',
  tractor: 'tractor',
  forklift: 'forklift',
  crane: 'crane',
};

export const GROUP_TEXT = {
  dtsen: 'Registered in DTSEN',
  ojol: 'Driver of an online motorcycle taxi',
};
