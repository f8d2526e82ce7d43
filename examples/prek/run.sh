#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project that uses prek'
project @j178/prek@0.5.3
cat >.pre-commit-config.yaml <<'YML'
repos:
  - repo: local
    hooks:
      - id: theirs
        name: theirs
        entry: echo theirs ran
        language: system
        pass_filenames: false
YML
show npx prek install
initialise
show cat .pre-commit-config.yaml
adopt
tryout
done_as_planned
