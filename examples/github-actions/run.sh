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

# What the runner does: installs the program, and runs the last step's script in a folder of its own.
npm install --silent --global --ignore-scripts --prefix "$stage/runner" "$tarball"
judge() {
  rm -rf "$stage/workspace"
  mkdir "$stage/workspace"
  sed -n '/^        run: |$/,$p' "$workflow" | sed '1d; s/^ \{10\}//' >"$stage/step.sh"
  (
    cd "$stage/workspace"
    export PATH="$stage/runner/bin:$PATH" ADDRESS="$stage/server.git" TOKEN=none DEFAULT_BRANCH=main
    export BASE="${2-main}" HEAD="$(git -C "$stage/server.git" rev-parse "$1")"
    bash -e "$stage/step.sh"
  )
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

say 'In a merge queue, which names the branch in full, and for a branch that nothing protects'
allowed judge topic refs/heads/main
git push -q origin main:other
refused BRANCH_UNPROTECTED judge topic other

say 'A pull request cannot change the policy, nor the program, that it is judged by'
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
