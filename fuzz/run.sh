#!/usr/bin/env bash
# Runs targets, one after another: fuzz/run.sh [--seconds N] [TARGET...]. All of them, ten minutes each, without arguments.
# It stops at the first finding, whose input is in artifacts/TARGET; `cargo +nightly fuzz run --sanitizer none TARGET FILE` shows it again.
set -euo pipefail
cd "$(dirname "$0")"
seconds=600
if [ "${1:-}" = --seconds ]; then seconds=$2; shift 2; fi
targets=("$@")
if [ ${#targets[@]} = 0 ]; then mapfile -t targets < <(cargo +nightly fuzz list); fi
./seeds.sh >/dev/null
for target in "${targets[@]}"; do
  dictionary=dictionaries/$target.txt
  case $target in
    document_*|spec|sync|overlay|source) dictionary=dictionaries/yaml.txt ;;
  esac
  arguments=(-max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -print_final_stats=1)
  if [ -f "$dictionary" ]; then arguments+=(-dict="$dictionary"); fi
  # Nothing here is unsafe code; without a sanitizer twice as many inputs are tried.
  cargo +nightly fuzz run --sanitizer none "$target" -- "${arguments[@]}"
done
