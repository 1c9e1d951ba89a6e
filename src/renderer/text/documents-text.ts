import * as ENGLISH from './en/documents-text.ts';
import { inLanguage } from './language.ts';

/** Berkas: received, to be fetched, to be called. */
export const DOCUMENTS_TEXT = inLanguage(
  {
    title: 'Berkas',
    tabs: {
      applications: 'Permohonan',
      drawer: 'Laci berkas',
      queue: 'Antrean',
      forms: 'Blangko',
      emergency: 'Kuitansi darurat',
      'pick-up': 'Siap diambil',
      received: 'Diterima',
      'call-list': 'Daftar telepon',
    },
    received: 'Diterima',
    pickUp: 'Siap diambil',
    callList: 'Daftar telepon',
    receivedNote: 'Berkas yang dilihat petugas saat pembayaran, dan sampai di mana fotonya.',
    receivedEmpty: 'Belum ada berkas hari ini.',
    pickUpEmpty: 'Belum ada bukti pelunasan yang siap diambil.',
    pickUpNote: 'Sudah dibukukan Bapenda: serahkan TBPKP atau kirim tautannya.',
    callEmpty: 'Tidak ada yang perlu ditelepon.',
    callNote: 'Berkas dititipkan saat tanpa koneksi. Telepon ketika koneksi kembali, lalu layani dari nomor polisinya.',
    columns: {
      plate: 'Nomor Polisi',
      number: 'Nomor',
      name: 'Nama',
      phone: 'Telepon',
      state: 'Keadaan',
      date: 'Tanggal',
      final: 'TBPKP',
      action: 'Tindakan',
    },
    noName: 'tanpa nama',
    noPhone: 'tanpa nomor',
    print: 'Cetak TBPKP',
    handedPaper: 'Sudah diserahkan',
    handedLink: 'Tautan sudah dikirim',
    done: 'selesai',
    serve: 'Layani',
    settled: 'sudah dibayar',
    waiting: 'menunggu',
    printed: 'TBPKP dikirim ke printer.',
  },
  ENGLISH.DOCUMENTS_TEXT,
);
