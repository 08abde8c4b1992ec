#!/usr/bin/env bash
# Makes the corpora that fuzzing starts from, of what the project itself has: specs, documents of tests, and texts below.
set -euo pipefail
cd "$(dirname "$0")"
corpus=corpus
seed() { mkdir -p "$corpus/$1"; cp "$2" "$corpus/$1/seed-$(echo "$2" | tr -c 'A-Za-z0-9\n' '-')"; }
# TARGET NUMBER TEXT: the first byte chooses what the rest is for.
text() { mkdir -p "$corpus/$1"; printf "\\x$(printf %02x "$2")%b" "$3" > "$corpus/$1/text-$2-$(printf %b "$3" | cksum | cut -d' ' -f1)"; }

# What is small is mutated most often in a second.
small() { find "$@" -size -12k -print0 | sort -z; }
while IFS= read -r -d '' file; do seed document_json "$file"; seed source "$file"; done < <(small ../tests/golden ../specs -name '*.json' -not -name '*.schema.json')
while IFS= read -r -d '' file; do
  seed document_yaml "$file"; seed source "$file"
done < <(small ../tests/golden ../specs -name '*.yaml' -not -path '*/expected/*')
# JSON of what is YAML, for the parser of JSON.
if command -v python3 >/dev/null && python3 -c 'import yaml' 2>/dev/null; then
  while IFS= read -r -d '' file; do
    to="$corpus/document_json/seed-$(echo "$file" | tr -c 'A-Za-z0-9\n' '-').json"
    python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), open(sys.argv[2], "w"), default=str)' "$file" "$to" 2>/dev/null || rm -f "$to"
  done < <(small ../tests/golden fixed -name 'openapi.yaml')
fi
for file in fixed/openapi.yaml; do seed document_yaml "$file"; done
for file in fixed/integration.yaml ../specs/*/integration.yaml ../tests/golden/*/specs/*/integration.yaml; do seed spec "$file"; done
for file in fixed/sync.yaml ../specs/syncs/*.yaml ../tests/golden/*/specs/syncs/*.yaml; do seed sync "$file"; done
while IFS= read -r -d '' file; do seed overlay "$file"; done < <(find ../tests/golden ../specs fixed -name 'overlay*.yaml' -print0)

overlay() { mkdir -p "$corpus/overlay"; printf %s "$1" > "$corpus/overlay/text-$(printf %s "$1" | cksum | cut -d' ' -f1)"; }
overlay "{overlay: 1.0.0, info: {title: a, version: '1'}, actions: [{target: \$.paths['/tasks'].get, update: {summary: b}}]}"
overlay "{overlay: 1.0.0, info: {title: a, version: '1'}, actions: [{target: '\$..parameters[?@.name == \"since\"]', remove: true}]}"
overlay "{overlay: 1.0.0, info: {title: a, version: '1'}, actions: [{target: '\$.components.schemas.*', update: {description: c}}]}"

number=0
for word in 'https://${settings.site}.example.com/v1' '60 per 1m' '5 per 1s' header.X-Left 'api-usage={used}/{limit}' body.tasks \
  body.page.next query.cursor 'number? in string' body.error 10m 'gte|{since}' 'status == 429' '#/components/schemas/Task' \
  'tag:things\nGET /tasks\nlist_*'; do
  text words $number "$word"; number=$((number + 1))
done

number=0
for expression in 'source.title.size() > 3 && source.state != "done"' '"[" + source.title.lower() + "]"' 'source.?points.orValue(0.0) * 2.0' \
  'source.?due' 'source.tags.exists(t, t.startsWith("a")) || has(source.owner)' 'source.?labels[?"a"].orValue("b")' \
  'source.changed_at - duration("1h") < timestamp("2026-01-01T00:00:00Z") ? 1.0 : 2.5e3' 'double(source.id) / 3.0' \
  'source.tags.map(t, t.trim()).filter(t, t != "").join(",")' 'lookup.card.?title.or(optional.of("x")).orValue("")' \
  'source.owner.?id.orValue(-9223372036854775808) % 7 == 0' 'string(source.raw) + b"\\x00"' "settings.prefix + source.title.split(' ')[0]"; do
  text expression $number "$expression"; number=$((number + 1))
done

number=0
while [ $number -lt 8 ]; do
  text answers $number '200\nLink: <https://api.example.com/v1/next?cursor=a>; rel="next"\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1795000010\n\n[{"id": 1}]\n~~~\n200\n\n[]'
  text answers $number '429\nRetry-After: 3\n\n{"message": "slow"}\n~~~\n503\nRetry-After: Wed, 21 Oct 2026 07:28:00 GMT\n\n\n~~~\n200\n\n{"results": [], "issues": [], "entries": [], "data": []}'
  text answers $number '200\nX-HubSpot-RateLimit-Remaining: 9\n\n{"results": [{"id": "1", "properties": {}}], "paging": {"next": {"after": "2"}}}\n~~~\n200\n\n{"results": []}'
  text answers $number '200\n\n{"entries": [{".tag": "file", "name": "a"}], "cursor": "c", "has_more": true}\n~~~\n200\n\n{"entries": [], "cursor": "d", "has_more": false}'
  text answers $number '200\n\n{"issues": [{"id": "1", "key": "A-1"}], "isLast": false, "nextPageToken": "n"}\n~~~\n200\n\n{"issues": [], "isLast": true}'
  text answers $number '200\n\n{"object": "list", "data": [{"id": "p_1"}], "has_more": true}\n~~~\n200\n\n{"data": [], "has_more": false, "ok": true}'
  number=$((number + 1))
done

text events 1 '\xef\xbb\xbf: hi\r\nid: 1\rdata: {"a": 1}\ndata:b\r\n\r\nevent: add\ndata\n\nretry: 10\nid\n\ndata: [DONE]\n\n'
text events 7 'data: {"delta": "a"}\n\ndata: {"delta": "b"}\n\ndata: cut'

json='{"id": "1", "entries": [{".tag": "file", "name": "a", "id": "id:1", "size": 1}, {".tag": "folder", "name": "b"}], "cursor": "c", "has_more": true}'
contact='{"id": "1", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00.000Z", "archived": false, "properties": {"hubspotscore": "42.5", "email": null}}'
issue='{"fields": {"project": {"key": "A"}, "issuetype": {"name": "Bug"}, "summary": "s", "description": {"type": "doc", "version": 1, "content": [{}]}}, "properties": [{"key": "k", "value": 1e400}]}'
number=0
while [ $number -lt 12 ]; do
  for record in "$json" "$contact" "$issue" '{"type": "doc", "version": 1, "content": []}' '{"firstName": "a", "lastName": "b"}' '[1.50, 12345678901234567890, -0.0, 1e-7]'; do
    text records $number "$record"
  done
  number=$((number + 1))
done

for value in 2026-11-22T10:00:00Z '2021-01-17T12:34:00.000+0000' '2021-01-17 12:34:00' 2021-01-17 20210117 12:34:00Z P1DT2H PT1.5S -P1Y \
  67E55044-10B1-426F-9247-BB680E5FE0C8 '{67e5504410b1426f9247bb680e5fe0c8}' Z3Vzc2V0 Z3Vzc2V0Cg== '{"number": "42.5", "list": ["1", null, 2]}' 1e400 true; do
  mkdir -p "$corpus/texts"; printf %s "$value" > "$corpus/texts/text-$(printf %s "$value" | cksum | cut -d' ' -f1)"
done
find "$corpus" -type f | cut -d/ -f2 | sort | uniq -c
