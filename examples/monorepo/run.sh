#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say 'A monorepo of npm workspaces: one policy and one set of hooks at the root, wherever init is called'
mkdir -p packages/api packages/web infra
for name in api web; do printf '{ "name": "%s", "version": "1.0.0" }\n' "$name" >packages/$name/package.json; done
project
npm pkg set 'workspaces[]=packages/*'
cd packages/api
initialise --senior 'Grace Hopper <grace@acme.example>'
cd ../..
[ -f .husky/pre-push ] || fail 'the hooks are not at the root'

say 'Infrastructure asks for two seniors, documentation for none'
cat >>countersign.config.yaml <<'YML'

rules:
  - name: infrastructure
    paths: ["infra/**"]
    cosign: { count: 2 }
  - name: docs are free
    paths: ["**/*.md"]
    cosign: { count: 0 }
YML
adopt

change() {
  mkdir -p "$(dirname "$1")"
  echo "$2" >>"$1"
  git add "$1"
  git commit -q --no-verify -m "$2" -m "$3"
}
change packages/web/README.md 'Explain the web' "$claude"
allowed git push origin main
change packages/web/index.js 'Retry in the web' "$claude"
refused COSIGN_MISSING git push origin main
git reset -q --hard HEAD^
change packages/web/index.js 'Retry in the web' "$claude
$cosign"
allowed git push origin main
change infra/main.tf 'Grow the pool' "$claude
$cosign"
refused 'it has 1 of 2 co-signs' git push origin main
git reset -q --hard HEAD^
change infra/main.tf 'Grow the pool' "$claude
$cosign
Co-signed-by: Grace Hopper <grace@acme.example>"
allowed git push origin main
done_as_planned
