#!/usr/bin/env bash
# Decodes and encodes every example, and random instances of every schema, of the OpenAPI documents below a folder,
# with the emitted types; prints what came back, and writes what did not to target/roundtrip.txt.
#
#   tests/roundtrip.sh DIR [--third N] [--at-most KILOBYTES] [--random N] [--ignore-unknown] [--least PERCENT]
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
cargo build --quiet -p gusset-roundtrip
exec "${CARGO_TARGET_DIR:-target}/debug/gusset-roundtrip" --report target/roundtrip.txt "$@"
