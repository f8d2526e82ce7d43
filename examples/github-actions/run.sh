#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'init writes the gate and the workflows that run it'
project
initialise --ci github
workflow=$PWD/.github/workflows/countersign.yml
show cat "$workflow"
adopt
# Hooks would be in the way: a pull request comes from somebody who skipped them.
git config core.hooksPath /dev/null

# What GitHub is to the gate: a git server, an API, a runner with nothing on it but git and node.
echo '{ "pulls": {}, "statuses": {}, "comments": [] }' >"$stage/state.json"
git -C "$stage/server.git" config uploadpack.allowFilter true
node "$here/forge.mjs" "$stage/server.git" "$stage/state.json" >"$stage/address" &
forge=$!
trap 'kill $forge; rm -rf "$stage"' EXIT
until [ -s "$stage/address" ]; do sleep 0.1; done

# pull NUMBER [BASE]: makes what is checked out the head of a pull request.
pull() {
  git push -q --force origin "HEAD:refs/pull/$1/head"
  node -e 'const fs = require("fs"), [file, number, base] = process.argv.slice(1), state = JSON.parse(fs.readFileSync(file));
    state.pulls[number] = base; fs.writeFileSync(file, JSON.stringify(state))' "$stage/state.json" "$1" "${2-main}"
}

# judge NUMBER: runs the script of the workflow's first step, for an event that names the pull request.
judge() {
  rm -rf "$stage/runner"
  mkdir "$stage/runner"
  awk '/^        run: \|$/ { inside = 1; next } inside && !/^          / { exit } inside { print substr($0, 11) }' \
    "$workflow" >"$stage/step.sh"
  printf '{ "pull_request": { "number": %s } }' "$1" >"$stage/event.json"
  (
    cd "$stage/runner"
    export RUNNER_TEMP="$stage/runner" GITHUB_SERVER_URL="$(cat "$stage/address")" GITHUB_REPOSITORY=acme/payments
    export GITHUB_API_URL="$GITHUB_SERVER_URL/api" GITHUB_TOKEN=none DEFAULT_BRANCH=main
    export ADDRESS="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
    export GITHUB_EVENT_NAME=pull_request_target GITHUB_EVENT_PATH="$stage/event.json" GITHUB_OUTPUT="$stage/outputs"
    bash -e "$stage/step.sh"
  )
}

# verdict: what stands at the head of what is checked out.
verdict() {
  node -p 'const state = JSON.parse(fs.readFileSync(process.argv[1]));
    Object.values(state.statuses[process.argv[2]] ?? {}).map(({ context, state, description }) => `${context}: ${state}: ${description}`).join("\n")' \
    "$stage/state.json" "$(git rev-parse HEAD)"
}

say 'A pull request with AI-assisted work turns red, and green once it is co-signed'
git switch -q -c topic
work 'Retry uploads' "$claude"
pull 12
refused COSIGN_MISSING judge 12
show verdict
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
pull 12
allowed judge 12
show verdict

say 'For a branch that nothing protects no status is written'
git push -q origin main:other
pull 13 other
allowed judge 13

say 'A pull request cannot change the policy, the workflow, nor the program, that it is judged by'
work 'Tidy' "$claude"
git rm -q countersign.config.yaml
echo 'process.exit(0)' >.github/countersign/gate.mjs
mkdir -p node_modules/.bin
printf '#!/bin/sh\nexit 0\n' >node_modules/.bin/git
chmod +x node_modules/.bin/git
git add -f node_modules/.bin/git .github
git commit -q -m 'Tidy more'
pull 12
refused POLICY_REMOVED judge 12
done_as_planned
