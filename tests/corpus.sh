#!/usr/bin/env bash
# Generates the whole API of every OpenAPI document below a folder, checks and documents what was emitted with every
# warning denied, and prints a table. Exit status 1 if anything fails.
#
#   tests/corpus.sh DIR [--third N] [--generate-only] [--out DIR]
#
# --third N         only a third of the documents (0, 1, 2) is checked and documented, of about a third of the bytes; all are generated
# --generate-only   nothing is checked
# GUSSET=FILE       a release build of the command; without it, one is made
# --out DIR         where the crates go (default: target/corpus)
set -euo pipefail
usage() { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }

documents="" third="" only="" out=""
while [ $# -gt 0 ]; do
  case $1 in
    --third) third=$(($2 % 3)); shift 2 ;;
    --generate-only) only=1; shift ;;
    --out) out=$2; shift 2 ;;
    -*) usage ;;
    *) [ -z "$documents" ] || usage; documents=$1; shift ;;
  esac
done
[ -d "$documents" ] || usage
root=$(cd "$(dirname "$0")/.." && pwd)
documents=$(cd "$documents" && pwd)
out=${out:-$root/target/corpus}
rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
log=$out/log
export CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
unset RUSTFLAGS

gusset=${GUSSET:-$CARGO_TARGET_DIR/release/gusset}
[ -n "${GUSSET:-}" ] || (cd "$root" && cargo build --quiet --release -p gusset-cli)

# CPU seconds and the most memory in MB of a command, in `cpu` and `peak`; its output goes to the log.
measured() {
  local status=0 pid high=0 now times
  TIMEFORMAT='%U %S'
  if [ -x /usr/bin/time ]; then
    /usr/bin/time -o "$out/time" -f '%U %S %M' "$@" >"$log" 2>&1 || status=$?
    read -r user system high < <(tail -1 "$out/time")
  else
    times=$({ time {
      "$@" >"$log" 2>&1 &
      pid=$!
      while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        echo "$now" >"$out/high"
      done
      wait "$pid"
    }; } 2>&1) || status=$?
    read -r user system < <(tail -1 <<<"$times")
    high=$(cat "$out/high" 2>/dev/null || echo 0)
  fi
  cpu=$(awk "BEGIN {printf \"%.2f\", $user + $system}")
  peak=$((high / 1024))
  return $status
}

# Wall seconds of a command, in `seconds`; its output goes to the log.
timed() {
  local start=${EPOCHREALTIME/[.,]/} status=0
  "$@" >"$log" 2>&1 || status=$?
  seconds=$(awk "BEGIN {printf \"%.1f\", (${EPOCHREALTIME/[.,]/} - $start) / 1000000}")
  return $status
}

# The documents of a third, one a line, with a line break before and after: the largest first, each to the third that
# has the least so far. A document costs something however small it is.
mine=$'\n'
if [ -n "$third" ]; then
  mine+=$(find "$documents" -type f \( -name '*.json' -o -name '*.yaml' -o -name '*.yml' \) -printf '%s\t%p\n' |
    sort -t $'\t' -k1,1nr -k2 | awk -F '\t' -v third="$third" '{
      least = 0
      for (i = 1; i < 3; i++) if (load[i] < load[least]) least = i
      load[least] += $1 + 100000
      if (least == third) print $2
    }')$'\n'
fi

# A number of the report: the first after this text.
number() { sed -n "s/.*$1\([0-9]\{1,\}\).*/\1/p" "$out/report" | head -1; }

failed=0 generated=0 checked=0 skipped=0 fallbacks=0 schemas_in_all=0
fail() {
  failed=$((failed + 1))
  result="FAILED: $1"
  { echo "== $name: $1"; head -c 4000 "$log"; echo; } >>"$out/failures"
}

manifest() {
  printf '[workspace]\nresolver = "3"\nmembers = [%s]\n' "$1"
  printf '[workspace.package]\nversion = "0.0.0"\nedition = "2024"\nrust-version = "1.90"\n'
  printf '[workspace.dependencies]\ngusset = { path = "%s" }\n' "$root/runtime"
  printf '[workspace.lints.rust]\nwarnings = "deny"\nmissing_docs = "deny"\nunreachable_pub = "deny"\n'
  printf '[profile.dev]\ndebug = "line-tables-only"\n[profile.dev.package."*"]\ndebug = false\n'
}

row='%-44s %6s %8s %6s %8s %7s %6s %7s  %s\n'
printf "$row" document operat. schemas JSON% lines gen.CPU MB check.s result
names=()
while IFS= read -r -d '' file; do
  path=${file#"$documents"/}
  case $file in
    *.json | *.yaml | *.yml) ;;
    *) echo "skipped: $path is no OpenAPI document"; skipped=$((skipped + 1)); continue ;;
  esac
  if ! grep -Eqm1 "(^|[{,[:space:]])[\"']?(openapi|swagger)[\"']?[[:space:]]*:" "$file"; then
    echo "skipped: $path is no OpenAPI document"; skipped=$((skipped + 1)); continue
  fi
  name=$(tr 'A-Z' 'a-z' <<<"${path%.*}" | tr -cs 'a-z0-9\n' '_' | sed 's/^_*//; s/_*$//')
  case $name in [0-9]* | '') name=api_$name ;; esac
  kilobytes=$(($(wc -c <"$file") / 1024))
  operations=- schemas=- share=- lines=- seconds=- result=ok
  arguments=(generate --document "$file" --name "$name" --out "$out/crates" --format json)
  if ! measured "$gusset" "${arguments[@]}"; then
    fail generate
  else
    generated=$((generated + 1))
    grep '^{"reason":"report"' "$log" | tail -1 >"$out/report" || true
    operations=$(number '"operations":{"emitted":') schemas=$(number '"schemas":{"typed":[0-9]*,"total":') lines=$(number '"lines":')
    typed=$(number '"schemas":{"typed":')
    if [ -n "$schemas" ] && [ "$schemas" -gt 0 ]; then
      share=$(awk "BEGIN {printf \"%.2f\", 100 * ($schemas - $typed) / $schemas}")
      fallbacks=$((fallbacks + schemas - typed)) schemas_in_all=$((schemas_in_all + schemas))
    fi
    if [ -z "$schemas" ] || [ -z "$operations" ]; then
      fail "no report"
    elif [ "$peak" -gt $((4 * kilobytes / 1024 + 100)) ]; then
      fail "$peak MB for a document of $kilobytes KB"
    elif ! "$gusset" "${arguments[@]}" --check >"$log" 2>&1; then
      fail "a second run gives something else"
    fi
  fi
  if grep -q panicked "$log"; then fail panic; fi
  if [ "$result" = ok ] && [ -z "$only" ] && { [ -z "$third" ] || [[ $mine == *$'\n'"$file"$'\n'* ]]; }; then
    manifest "\"crates/$name\"" >"$out/Cargo.toml"
    cp "$root/Cargo.lock" "$out/Cargo.lock"
    # The runtime, once.
    (cd "$out" && cargo check --quiet --offline -p gusset >"$log" 2>&1) || fail "the runtime"
    checked=$((checked + 1))
    if ! (cd "$out" && timed cargo check --quiet --offline -p "$name" && echo "$seconds" >"$out/seconds"); then
      fail check
    else
      seconds=$(cat "$out/seconds")
      (cd "$out" && RUSTDOCFLAGS="-D warnings" cargo doc --quiet --offline --no-deps -p "$name" >"$log" 2>&1) || fail doc
    fi
  fi
  printf "$row" "$path" "${operations:--}" "${schemas:--}" "$share" "${lines:--}" "$cpu" "$peak" "$seconds" "$result"
done < <(find "$documents" -type f -print0 | sort -z)

if [ -f "$out/failures" ]; then cat "$out/failures"; fi
share=$(awk "BEGIN {printf \"%.2f\", $schemas_in_all ? 100 * $fallbacks / $schemas_in_all : 0}")
echo "$generated generated, $checked checked and documented, $failed failed, $skipped skipped; $share % of the schemas became JSON values"
if awk "BEGIN {exit !($share >= 1)}"; then echo "FAILED: 1 % or more"; failed=$((failed + 1)); fi
[ "$failed" = 0 ]
