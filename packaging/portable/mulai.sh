#!/bin/sh
# Starts the counter out of this folder, without an installation; the data lies in the folder `data` beside it.
here=$(dirname -- "$(readlink -f -- "$0")")
. "$here/check-minimum.sh"
if [ ! -d "$here/data" ]; then
  loket_check_minimum '' "$here" || exit $?
fi
exec "$here/program/bin/loket" serve --data "$here/data/counter" "$@"
