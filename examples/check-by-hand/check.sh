#!/bin/sh
# Says of each co-signature of a commit whether it is good, by git, sha256sum and ssh-keygen alone.
# usage: check.sh COMMIT SIGNERS [BRANCH [PROJECT [DISPUTE]]]
set -eu
export GIT_NO_REPLACE_OBJECTS=1 LC_ALL=C
commit=$(git rev-parse --verify "$1^{commit}")
signers=$2 branch=${3:-main} project=${4:--} dispute=${5:-} tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT
show() { git show --no-show-signature -s --format="$1" "$commit"; }

author=$(show %ae | tr A-Z a-z)
set -- $(show %P)
number=$# before=${1:-$(git hash-object -t tree /dev/null)}
[ $# = 0 ] || shift
change=$(git diff-tree -r --raw -z --no-abbrev --no-renames --no-commit-id --ignore-submodules=none \
  "$before" "$commit" | sha256sum | cut -c1-64)

show '%(trailers:key=Co-signature,valueonly,unfold)' | grep -x '[ -~]\{1,\}' | while read -r signer time base64; do
  signer=$(printf %s "$signer" | tr A-Z a-z)
  printf '%s\n' 'countersign v1' "project $project" "branch refs/heads/$branch" "change sha256:$change" \
    "parents $number${*:+ $*}" "author $author" "cosigner $signer" "time $time" \
    ${dispute:+"dispute $dispute"} >"$tmp/lines"
  printf '%s\n' '-----BEGIN SSH SIGNATURE-----' "$base64" '-----END SSH SIGNATURE-----' | sed '2s/ //g' >"$tmp/sig"
  said=bad
  ssh-keygen -Y verify -n countersign@v1 -f "$signers" -I "$signer" -s "$tmp/sig" <"$tmp/lines" >/dev/null 2>&1 && said=good
  printf '%s\n' "$said $signer $time"
done | tee "$tmp/said"
grep -q '^good ' "$tmp/said"
