# Read by every run.sh here: a server, a project with countersign installed as it would be published, and what to try.
# Everything happens in a folder of its own, which is removed at the end. Build the workspace first.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
workspace=$(cd "$here/../.." && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# Nothing of the caller's git, and none of the variables by which an AI agent is known: what is made here is made by Bob.
for name in $(env | sed -nE 's/^(GIT_[A-Z_]*|CLAUDE[A-Z_]*|CODEX_[A-Z_]*|CURSOR_[A-Z_]*|AI_AGENT|AGENT)=.*/\1/p'); do
  unset "$name"
done
export npm_config_cache="${npm_config_cache:-$HOME/.npm}" npm_config_prefer_offline=true
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
export HOME="$stage" GIT_CONFIG_NOSYSTEM=1 NO_COLOR=1
git config --global init.defaultBranch main
git config --global user.name 'Bob Builder'
git config --global user.email bob@acme.example
git config --global advice.detachedHead false

# Packs the program as it would be published, or takes the tarball that is named.
tarball=${COUNTERSIGN_TARBALL:-}
if [ -z "$tarball" ]; then
  [ -f "$workspace/packages/cli/dist/bin.js" ] || { echo 'build first: npx -y pnpm@10.34.9 build' >&2; exit 1; }
  mkdir "$stage/copy"
  (cd "$workspace/packages/cli" && cp -R dist package.json README.md LICENSE "$stage/copy")
  tarball=$stage/$(cd "$stage/copy" && npm pack --silent --pack-destination "$stage")
fi

git init -q --bare "$stage/server.git"
git clone -q "$stage/server.git" "$stage/project" 2>/dev/null
cd "$stage/project"

# say TEXT: a heading.
say() { printf '\n── %s\n' "$*"; }

# show COMMAND…: the command as it would be typed, then what it prints.
show() { printf '$ %s\n' "$*"; "$@"; }

# project [PACKAGE…]: an npm project with countersign and other packages.
project() {
  printf '{\n  "name": "payments",\n  "private": true\n}\n' >package.json
  echo node_modules/ >.gitignore
  npm install --silent --save-dev --ignore-scripts "$tarball" "$@"
}

# initialise [OPTION…]: Ada is the senior; a typed co-sign of hers will do, so that no key is needed here.
initialise() {
  show npx countersign init --yes --senior 'Ada Lovelace <ada@acme.example>' --proof declared "$@"
}

# adopt: lands what init wrote.
adopt() {
  git add .
  git commit -q --no-verify -m 'Adopt countersign'
  git push -q --no-verify -u origin main
}

# work SUBJECT [TRAILER…]: a commit, with these trailers.
work() {
  printf '%s\n' "$1" >>work.txt
  git add work.txt
  subject=$1
  shift
  trailers=
  for trailer in "$@"; do trailers="$trailers$trailer
"; done
  git commit -q --no-verify -m "$subject" ${trailers:+-m "$trailers"}
}

claude='Co-authored-by: Claude <noreply@anthropic.com>'
cosign='Co-signed-by: Ada Lovelace <ada@acme.example>'

fail() { printf 'NOT as planned: %s\n' "$*" >&2; exit 1; }

# refused CODE COMMAND…: the command must fail, say the code, and leave the server's main where it was.
refused() {
  code=$1
  shift
  before=$(git -C "$stage/server.git" rev-parse main)
  printf '$ %s\n' "$*"
  if "$@" >"$stage/said" 2>&1; then cat "$stage/said"; fail "$* went through"; fi
  cat "$stage/said"
  grep -q "$code" "$stage/said" || fail "$* did not say $code"
  [ "$before" = "$(git -C "$stage/server.git" rev-parse main)" ] || fail "$* moved main"
}

# allowed COMMAND…: the command must succeed.
allowed() {
  printf '$ %s\n' "$*"
  "$@" 2>&1 || fail "$* was refused"
}

# tryout: what every hook manager must do with a push.
tryout() {
  say "A person's own work passes"
  work 'Add uploads'
  allowed git push origin main

  say 'AI-assisted work is refused on main, also among other refs'
  git branch clean
  work 'Retry uploads' "$claude"
  refused COSIGN_MISSING git push origin main
  refused COSIGN_MISSING git push origin clean main

  say "With a senior's co-sign it passes"
  git reset -q --hard HEAD^
  work 'Retry uploads' "$claude" "$cosign"
  allowed git push origin main

  say 'Where countersign is not installed nothing passes'
  work 'Tidy'
  rm -f node_modules/.bin/countersign*
  refused 'countersign not found' git push origin main
}

done_as_planned() { printf '\nEvery step went as planned.\n'; }
