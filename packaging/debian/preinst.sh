# Before anything is unpacked. A counter that works here already is never shut out from a newer version.
if [ "$1" = install ] && [ -z "${2:-}" ] && [ ! -d /var/lib/loket-opop/counter ]; then
  place=/opt
  [ -d "$place" ] || place=/
  loket_check_minimum '' "$place" || exit $?
fi
