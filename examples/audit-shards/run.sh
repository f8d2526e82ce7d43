#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project whose main has work of people, and work of an agent that nobody co-signed'
project
initialise
adopt
for subject in One Two Three Four Five Six; do work "$subject"; done
work 'Retry uploads' "$claude"
for subject in Seven Eight Nine; do work "$subject"; done
git push -q --no-verify origin main
PATH="$PWD/node_modules/.bin:$PATH"

say 'Each part by itself, as the jobs of a matrix run'
found=../found
mkdir "$found"
cp "$here/shard.sh" ..
for part in 1 2 3 4; do show sh ../shard.sh "$part" 4 "$found" || fail "part $part"; done

say 'All of them together are what one run finds, byte for byte'
status=0
countersign audit merge "$found"/audit-*.json >"$found/merged.json" || status=$?
[ "$status" -eq 1 ] || fail "the parts together end with $status"
countersign audit --format json >"$found/whole.json" || [ $? -eq 1 ] || fail 'one run'
cmp "$found/merged.json" "$found/whole.json" || fail 'one run finds something else'
show grep -c COSIGN_MISSING "$found/merged.json"

say 'The same by the matrix of a workflow'
mkdir "$stage/matrix"
step=$(sed -n 's/^ *- run: \(countersign audit main .*\)$/\1/p' "$here/audit.yml")
for part in 1 2 3 4; do
  (cd "$stage/matrix" && GIT_DIR=$stage/project/.git sh -c "$(echo "$step" | sed "s/\${{ matrix.part }}/$part/g")") || fail "job $part"
done
countersign audit merge "$stage"/matrix/audit-*.json >"$stage/matrix.json" || [ $? -eq 1 ] || fail 'the matrix'
cmp "$stage/matrix.json" "$found/whole.json" || fail 'the matrix finds something else'

say 'The same by the index of a Kubernetes job'
mkdir "$stage/pods"
args=$(sed -n 's/^ *- \(countersign audit .*\)$/\1/p' "$here/job.yaml" | sed "s|/audit/found|$stage/pods|")
for index in 0 1 2 3; do JOB_COMPLETION_INDEX=$index sh -c "$args" || fail "pod $index"; done
countersign audit merge "$stage/pods"/audit-*.json >"$stage/pods/merged.json" || [ $? -eq 1 ] || fail 'the pods'
cmp "$stage/pods/merged.json" "$found/whole.json" || fail 'the pods find something else'

say 'A part that is missing is no clean history'
rm "$found/audit-2.json"
! countersign audit merge "$found"/audit-*.json >"$found/partial.txt" 2>&1 || fail 'it passes'
show cat "$found/partial.txt"
done_as_planned
