/** The second person, at the counter. */
export const APPROVAL_TEXT = {
  supervisor: 'Pengawas',
  pin: 'PIN pengawas',
  noSupervisor: 'Tidak ada pengawas yang terdaftar di loket ini.',
} as const;
