#!/bin/sh
# Says of each co-signature of a commit whether it is good, by git, sha256sum and ssh-keygen alone.
# usage: check.sh COMMIT SIGNERS [BRANCH [PROJECT [DISPUTE]]]
set -eu
export GIT_NO_REPLACE_OBJECTS=1 LC_ALL=C
commit=$(git rev-parse --verify "$1^{commit}")
signers=$2 branch=${3:-main} project=${4:--} dispute=${5:-} tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT
show() { git show --no-show-signature -s --format="$1" "$commit"; }
changes() { git diff-tree -r -z --no-abbrev --no-renames --no-commit-id --ignore-submodules=none "$@" "$commit"; }
digest() { printf '%s' "$1 sha256:" && sha256sum | cut -c1-64; }

set -- $(show %P)
before=${1:-$(git hash-object -t tree /dev/null)}
changes --raw "$before" | digest change >"$tmp/block"
changes --name-only "$before" | digest paths >>"$tmp/block"
printf 'parents %s' $# >>"$tmp/block" && [ $# = 0 ] || shift
printf '%s\n' "${*:+ $*}" >>"$tmp/block"
case $# in
0) ;;
1) changes --raw "$(git merge-tree --write-tree --allow-unrelated-histories "$before" "$1")" | digest own >>"$tmp/block" ;;
*) digest own </dev/null >>"$tmp/block" ;;
esac

show '%(trailers:key=Co-signature,valueonly,unfold)' | grep -x '[ -~]\{1,\}' | while read -r signer time base rest; do
  signer=$(printf %s "$signer" | tr A-Z a-z)
  {
    printf '%s\n' 'countersign v1' "project $project" "branch refs/heads/$branch $base" "cosigner $signer" "time $time"
    cat "$tmp/block"
    printf '%s\n' "${rest%>*}" | tr A-Z a-z | tr '<' '\n' | sed -n 's/> *$//; 2,$s/^/author /p' | sort -u
    printf '%s' "${dispute:+dispute $dispute
}"
  } >"$tmp/lines"
  printf '%s\n' '-----BEGIN SSH SIGNATURE-----' "${rest##*> }" '-----END SSH SIGNATURE-----' | sed '2s/ //g' >"$tmp/sig"
  said=bad
  ssh-keygen -Y verify -n countersign@v1 -f "$signers" -I "$signer" -s "$tmp/sig" <"$tmp/lines" >/dev/null 2>&1 && said=good
  printf '%s\n' "$said $signer $time"
done | tee "$tmp/said"
grep -q '^good ' "$tmp/said"
