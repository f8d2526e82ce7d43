#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project without hooks: init takes husky, which came with countersign'
project
initialise
show cat .husky/pre-push package.json
adopt
tryout
done_as_planned
