#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'init writes the job, and includes it in the pipeline that is there'
project
printf 'stages: [test]\n\nunit: # ours\n  script: npm test\n' >.gitlab-ci.yml
initialise --ci gitlab
show cat .gitlab-ci.yml .gitlab/countersign.yml
job=$PWD/.gitlab/countersign.yml
adopt
# Hooks would be in the way: a merge request comes from somebody who skipped them.
git config core.hooksPath /dev/null

# What the runner does: it starts the job's script in an empty folder, with variables that say what the pipeline is about.
# Nothing but git and node is on it. A server that is a folder stands for GitLab's: a job's own token can do no more than fetch.
git -C "$stage/server.git" config uploadpack.allowFilter true
mkdir "$stage/build"
judge() {
  awk '/^    - \|$/ { inside = 1; next } inside && !/^      / { exit } inside { print substr($0, 7) }' "$job" >"$stage/script.sh"
  (
    cd "$stage/build"
    export CI_SERVER_URL="file://$stage" CI_JOB_TOKEN=none CI_PROJECT_DIR="$stage/build"
    export CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_IID="$1" CI_MERGE_REQUEST_PROJECT_PATH=server
    export CI_MERGE_REQUEST_TARGET_BRANCH_NAME="${2-main}" CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=
    export CI_COMMIT_SHA="$(git -C "$stage/server.git" rev-parse "refs/merge-requests/$1/head")"
    # The project merges with all commits as they are; with a token the job asks GitLab for that.
    export COUNTERSIGN_MERGE='merge rebase'
    sh -e "$stage/script.sh"
  )
}

# request NUMBER: makes what is checked out the head of a merge request.
request() { git push -q --force origin "HEAD:refs/merge-requests/$1/head"; }

say 'A merge request with AI-assisted work fails the job, and passes once it is co-signed'
git switch -q -c topic
work 'Retry uploads' "$claude"
request 12
refused COSIGN_MISSING judge 12
show ls "$stage/build"
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
request 12
allowed judge 12

say 'Where nothing is required of the target, the job must not pass: the merge request could turn to another one'
git push -q origin main:other
refused BRANCH_UNPROTECTED judge 12 other

say 'A merge request cannot change the policy, nor the gate, that it is judged by'
work 'Tidy' "$claude"
git rm -q countersign.config.yaml
echo 'process.exit(0)' >.gitlab/countersign/gate.mjs
git add .gitlab
git commit -q -m 'Tidy more'
request 12
refused POLICY_REMOVED judge 12
done_as_planned
