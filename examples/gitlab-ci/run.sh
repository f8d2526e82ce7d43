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

# What the runner does: a clone of the merge request's commit, then the script line by line. The program is the packed
# one, as if it came from the registry.
npm install --silent --global --ignore-scripts --prefix "$stage/runner" "$tarball"
judge() {
  commit=$(git -C "$stage/server.git" rev-parse "$1")
  rm -rf "$stage/checkout"
  git init -q "$stage/checkout"
  git -C "$stage/checkout" remote add origin "$stage/server.git"
  git -C "$stage/checkout" fetch -q origin "$1"
  git -C "$stage/checkout" checkout -q --detach "$commit"
  sed -n '/^  script:$/,$p' "$job" | sed -n 's/^    - //p' | grep -v 'npm install' >"$stage/script.sh"
  (
    cd "$stage/checkout"
    export PATH="$stage/runner/bin:$PATH" CI_DEFAULT_BRANCH=main CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_COMMIT_SHA="$commit"
    sh -e "$stage/script.sh"
  )
}

say 'A merge request with AI-assisted work fails the job, and passes once it is co-signed'
git switch -q -c topic
work 'Retry uploads' "$claude"
git push -q origin topic
refused COSIGN_MISSING judge topic
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
git push -q --force origin topic
allowed judge topic
done_as_told
