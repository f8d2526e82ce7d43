#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A project that uses pre-commit'
command -v pre-commit >/dev/null || { echo 'install pre-commit first, e.g. apt-get install pre-commit' >&2; exit 1; }
project
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
show pre-commit install
initialise
show cat .pre-commit-config.yaml
adopt
tryout
done_as_planned
