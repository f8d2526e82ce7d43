#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project that uses simple-git-hooks'
project simple-git-hooks@2.14.0
npm pkg set 'simple-git-hooks.pre-commit=echo theirs ran'
show npx simple-git-hooks
initialise
show cat package.json .countersign/pre-push.sh
adopt
tryout
done_as_planned
