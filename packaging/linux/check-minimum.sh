#!/bin/sh
# Looks at the machine before anything is unpacked: system, processor, memory, free disk. Says in Indonesian what is
# missing and what can still be done; exit 0 fit, 3 below the minimum. Facts are read below $1 ("" is this machine), free
# disk at $2. The Debian package carries it inside its preinst, the portable archive beside its starter.
loket_check_minimum() {
  root="$1"
  place="$2"
  missing=''
  advice=''
  machine=$(uname -m)
  case "$machine" in
  x86_64 | amd64) ;;
  *)
    missing="$missing
  - Prosesor 64-bit Intel atau AMD; komputer ini $machine."
    advice=other
    ;;
  esac

  id='' like='' release='' name='sistem yang tidak dikenal'
  if [ -r "$root/etc/os-release" ]; then
    value() { sed -n "s/^$1=//p" "$root/etc/os-release" | head -n 1 | tr -d "\"'"; }
    id=$(value ID) like=$(value ID_LIKE) release=$(value VERSION_ID) name=$(value PRETTY_NAME)
  fi
  # Numbers only: testing and unstable name no version and are newer than any.
  year=$(printf '%s' "$release" | sed 's/[^0-9].*//')
  case "$id" in
  debian) [ -z "$year" ] || [ "$year" -ge 12 ] || missing="$missing
  - Debian 12 atau lebih baru; terpasang $name." advice=${advice:-system} ;;
  ubuntu) { [ -n "$year" ] && [ "$year" -ge 22 ]; } || missing="$missing
  - Ubuntu 22.04 atau lebih baru; terpasang $name." advice=${advice:-system} ;;
  *)
    case " $like " in
    *' debian '* | *' ubuntu '*) echo "Loket OPOP belum dicoba di $name; sistem ini turunan Debian, pemasangan diteruskan." ;;
    *) missing="$missing
  - Debian 12, Ubuntu 22.04 atau lebih baru; terpasang $name." advice=${advice:-system} ;;
    esac
    ;;
  esac

  # 4 GB as sold: the firmware and the screen keep a part for themselves.
  memory=$(sed -n 's/^MemTotal:[^0-9]*\([0-9]*\) kB.*/\1/p' "$root/proc/meminfo" 2>/dev/null || true)
  if [ "${memory:-0}" -lt 3400000 ]; then
    missing="$missing
  - Memori 4 GB; terpasang $((${memory:-0} / 1024)) MB."
    advice=${advice:-other}
  fi

  # The program, an update beside it, and room for the work of a year.
  free=$(df -Pk "$place" 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [ "${free:-0}" -lt 2000000 ]; then
    missing="$missing
  - Ruang kosong 2 GB pada disk $place; tersisa $((${free:-0} / 1024)) MB."
    advice=${advice:-disk}
  fi

  [ -n "$missing" ] || return 0
  {
    echo 'Loket OPOP tidak dipasang: komputer ini di bawah kebutuhan minimum.'
    echo "Yang kurang:$missing"
    echo 'Tidak ada yang diubah di komputer ini.'
    case "$advice" in
    disk) echo 'Yang dapat dilakukan: kosongkan disk atau pakai disk lain, lalu pasang lagi.' ;;
    system) echo 'Yang dapat dilakukan: perbarui sistem operasi lalu pasang lagi; atau pakai arsip portabel di komputer lain yang memenuhi syarat, dan layani lewat peramban di sana.' ;;
    *) echo 'Yang dapat dilakukan: pakai komputer lain. Arsip portabel berjalan di sana tanpa pemasangan, lewat peramban.' ;;
    esac
  } >&2
  return 3
}
