#!/bin/sh
# Says of each record of a ledger about a commit's paths whether it approves the commit, by git, sha256sum and ssh-keygen alone.
# usage: check-ledger.sh COMMIT SIGNERS [LEDGER]
set -eu
export GIT_NO_REPLACE_OBJECTS=1 LC_ALL=C
commit=$(git rev-parse --verify "$1^{commit}")
signers=$2 ledger=${3:-refs/remotes/origin/countersign/ledger} tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT
changes() { git diff-tree -r -z --no-abbrev --no-renames --no-commit-id --ignore-submodules=none "$@" | sha256sum | cut -c1-64; }

empty=$(git hash-object -t tree /dev/null)
before=$(git rev-parse --verify --quiet "$commit^1") || before=$empty
change=$(changes --raw "$before" "$commit")
folder=$(changes --name-only "$before" "$commit" | sed 's,^..,&/,')
git ls-tree --name-only "$ledger:$folder" | while read -r name; do
  record=$ledger:$folder/$name number=${name##*-}
  git show "$record/record" | sed '/^-----BEGIN/,$d' >"$tmp/lines"
  git show "$record/record" | sed -n '/^-----BEGIN/,$p' >"$tmp/sig"
  [ "$(sed -n 's/^change sha256://p' "$tmp/lines" | sed -n "${number}p")" = "$change" ] || continue
  old=$(git rev-parse --verify --quiet "$record/before") || old=$empty
  new=$(git rev-parse --verify --quiet "$record/after") || new=$empty
  signer=$(sed -n 's/^cosigner //p' "$tmp/lines")
  said=bad
  [ "$(sha256sum <"$tmp/lines" | cut -c1-64)-$number" = "$name" ] &&
    [ "$(changes --raw "$old" "$new")" = "$change" ] &&
    ssh-keygen -Y verify -n countersign@v1 -f "$signers" -I "$signer" -s "$tmp/sig" <"$tmp/lines" >/dev/null 2>&1 && said=good
  printf '%s\n' "$said $signer $(sed -n 's/^time //p' "$tmp/lines") $(sed -n 's/^branch //p' "$tmp/lines" | tr '\n' ' ')"
done | sed 's/ $//' | tee "$tmp/said"
grep -q '^good ' "$tmp/said"
