#!/bin/sh
. "$(dirname "$0")/../stage.sh"
who() { "$workspace/node_modules/.bin/tsx" "$here/who-needs-whom.ts" "$PWD"; }

say 'A project with a policy, and a branch with the work of two people'
project
initialise
adopt
git config core.hooksPath /dev/null
work 'Add uploads'
work 'Retry uploads' "$claude"

say 'The library judges it as the hook would'
refused 'Retry uploads: by claude-code; has to be co-signed by 1 person' who
git reset -q --hard HEAD^
work 'Retry uploads' "$claude" "$cosign"
allowed who
done_as_told
