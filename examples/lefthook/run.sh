#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project that uses lefthook'
project lefthook@2.2.2
cat >lefthook.yml <<'YML'
# Ours.
pre-push:
  commands:
    theirs:
      run: echo theirs ran
YML
show npx lefthook install
initialise
show cat lefthook.yml .lefthook/countersign.yml
adopt
tryout
done_as_planned
