export const READING_TEXT = {
  read: 'Read the writing',
  reading: 'Reading the writing on this page',
  title: 'Read on this page',
  why: 'Proposals only: compare with the paper. Nothing changes by itself.',
  nothing: 'No number could be read. Type it from the paper.',
  registered: (value: string): string => `data: ${value}`,
  take: 'Use',
  takeOf: (name: string, value: string): string => `Use ${name} ${value}`,
  taken: 'used',
  seen: 'Compared',
  fields: {
    nrkb: 'Plate number',
    nik: 'NIK',
    chassis: 'Chassis number',
    engine: 'Engine number',
  },
};
