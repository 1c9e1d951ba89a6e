#!/bin/sh
# Before the window's package is removed: its data lies with its users, and each counter says by a file that something waits.
set -e
if [ "$1" = remove ]; then
  waiting=$(getent passwd | cut -d: -f6 | sort -u | while IFS= read -r home; do
    mark="$home/.config/Loket OPOP/counter/unsent"
    if [ -e "$mark" ]; then echo "  ${mark%/unsent}"; fi
  done)
  if [ -n "$waiting" ]; then
    {
      echo 'Loket OPOP tidak dihapus: masih ada uang atau berkas yang belum diterima Bapenda.'
      echo "$waiting"
      echo 'Data aman; tidak ada yang diubah.'
      echo 'Yang dapat dilakukan: buka Loket, sambungkan koneksi dan tunggu Kotak Kirim kosong, atau kirim dengan flashdisk (F10), lalu hapus lagi.'
    } >&2
    exit 1
  fi
fi
