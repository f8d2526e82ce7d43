#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'init writes the workflow'
project
initialise --ci github
workflow=$PWD/.github/workflows/countersign.yml
show cat "$workflow"
adopt
# Hooks would be in the way: a pull request comes from somebody who skipped them.
git config core.hooksPath /dev/null

# What the runner does: installs the program, checks the pull request out, runs the last step's script.
npm install --silent --global --ignore-scripts --prefix "$stage/runner" "$tarball"
judge() {
  rm -rf "$stage/checkout"
  git clone -q --no-checkout "$stage/server.git" "$stage/checkout"
  git -C "$stage/checkout" remote set-head origin --delete
  git -C "$stage/checkout" checkout -q --detach "$(git -C "$stage/server.git" rev-parse "$1")"
  sed -n '/^        run: |$/,$p' "$workflow" | sed '1d; s/^ \{10\}//' >"$stage/step.sh"
  (cd "$stage/checkout" && PATH="$stage/runner/bin:$PATH" BASE=main DEFAULT_BRANCH=main bash -e "$stage/step.sh")
}

say 'A pull request with AI-assisted work fails the check, and passes once it is co-signed'
git switch -q -c topic
work 'Retry uploads' "$claude"
git push -q origin topic
refused COSIGN_MISSING judge topic
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
git push -q --force origin topic
allowed judge topic

say 'A pull request cannot change its own judge: neither the policy nor the program'
work 'Tidy' "$claude"
git rm -q countersign.config.yaml
mkdir -p node_modules/.bin
printf '#!/bin/sh\nexit 0\n' >node_modules/.bin/countersign
chmod +x node_modules/.bin/countersign
git add -f node_modules/.bin/countersign
git commit -q -m 'Tidy more'
git push -q origin topic
refused POLICY_REMOVED judge topic
done_as_told
