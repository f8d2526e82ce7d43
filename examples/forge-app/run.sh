#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project with a policy, and a GitHub: its git server and the part of its API that the gate asks'
project
initialise
adopt
git config core.hooksPath /dev/null
echo '{ "pulls": {}, "statuses": {}, "comments": [] }' >"$stage/state.json"
node "$here/../github-actions/forge.mjs" "$stage/server.git" "$stage/state.json" >"$stage/address" &
forge=$!
app=
trap 'kill $forge $app 2>/dev/null; rm -rf "$stage"' EXIT
until [ -s "$stage/address" ]; do sleep 0.1; done

# start: the service, with what it has to know in variables.
start() {
  export GITHUB_SERVER_URL="$(cat "$stage/address")" GITHUB_REPOSITORIES=acme/payments GITHUB_TOKEN=none
  export GITHUB_API_URL="$GITHUB_SERVER_URL/api" GITHUB_WEBHOOK_SECRET='of the webhook' FOLDER="$stage/repositories" PORT=0
  (cd "$workspace" && exec node --import tsx "$here/src/app.ts") >"$stage/log" 2>&1 &
  app=$!
  wait_for 'acme/payments open:'
}

# wait_for TEXT: until the service says it.
wait_for() { until grep -q "$1" "$stage/log"; do kill -0 "$app" || { cat "$stage/log"; fail "the service ended"; }; sleep 0.1; done; }

# webhook EVENT BODY [SECRET]: what GitHub sends, signed; prints the answer.
webhook() {
  node -e 'const [url, event, body, secret] = process.argv.slice(1);
    const signature = "sha256=" + require("crypto").createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "x-github-event": event, "x-hub-signature-256": signature };
    fetch(url, { method: "POST", headers, body }).then(async (answer) => console.log(await answer.text()))' \
    "http://127.0.0.1:$(sed -n 's/^listening on port //p' "$stage/log")/github" "$1" "$2" "${3-of the webhook}"
}

# pull NUMBER: makes what is checked out the head of a pull request.
pull() {
  git push -q --force origin "HEAD:refs/pull/$1/head"
  node -e 'const fs = require("fs"), [file, number] = process.argv.slice(1), state = JSON.parse(fs.readFileSync(file));
    state.pulls[number] = "main"; fs.writeFileSync(file, JSON.stringify(state))' "$stage/state.json" "$1"
}

# verdict: what stands at the head of what is checked out.
verdict() {
  node -p 'const state = JSON.parse(fs.readFileSync(process.argv[1]));
    Object.values(state.statuses[process.argv[2]] ?? {}).map(({ context, state }) => `${context}: ${state}`).join("\n")' \
    "$stage/state.json" "$(git rev-parse HEAD)"
}

repository='"repository": { "full_name": "acme/payments", "default_branch": "main" }'

say 'A webhook without the secret is refused; with it, the pull request gets its verdict'
start
git switch -q -c topic
work 'Retry uploads' "$claude"
pull 12
show webhook pull_request "{ \"pull_request\": { \"number\": 12 }, $repository }" 'a guess'
show webhook pull_request "{ \"pull_request\": { \"number\": 12 }, $repository }"
wait_for '#12: failure'
show verdict

say 'It is stopped, the branch gets a co-sign, and at its next start nothing is lost'
kill "$app"
wait "$app" || fail 'the service did not end well'
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
pull 12
start
wait_for '#12: success'
show verdict
show cat "$stage/log"
done_as_planned
