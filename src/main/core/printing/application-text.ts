/** Words on the citizen's slip of papers that go on to an agency. */
export const APPLICATION_TEXT = {
  title: 'BUKTI TERIMA BERKAS',
  received: 'Berkas yang diterima:',
  missing: 'BELUM LENGKAP, masih kurang:',
  waived: 'Tidak diminta, dengan alasan tercatat:',
  held: 'Asli yang ditinggal di gerai:',
  agency: 'Diteruskan ke',
  receivedOn: 'Diterima',
  promisedOn: 'Perkiraan selesai',
  standing: 'Tahap',
  agencyNumber: 'Nomor instansi',
  notDone: 'Bukti ini belum berarti permohonan selesai. Simpan dan bawa saat mengambil hasil.',
  result: 'Hasil permohonan',
  states: {
    received: 'diterima di gerai',
    incomplete: 'menunggu kelengkapan',
    sent: 'dikirim ke instansi',
    'in-process': 'diproses instansi',
    ready: 'siap diambil',
    returned: 'dikembalikan',
    'handed-over': 'sudah diserahkan',
  },
} as const;
