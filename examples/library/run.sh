#!/bin/sh
. "$(dirname "$0")/../stage.sh"
judge() { "$workspace/node_modules/.bin/tsx" "$here/may-it-land.ts"; }

say 'A project with a policy, and a branch with the work of two people'
project
initialise
adopt
git config core.hooksPath /dev/null
work 'Add uploads'
work 'Retry uploads' "$claude"

say 'The library judges it as the hook would'
refused 'needs a co-sign from a person' judge
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
allowed judge
done_as_planned
