#!/bin/sh
. "$(dirname "$0")/../stage.sh"

say "A project with a hook of its own, which reads git's list of refs as git-lfs does"
project
printf '#!/bin/sh\nsed "s/^/theirs read: /"\n' >.git/hooks/pre-push
chmod +x .git/hooks/pre-push
initialise
show cat .git/hooks/pre-push
adopt
tryout

say 'Taken back, the hook is what it was, byte for byte'
npm install --silent --ignore-scripts
show node_modules/.bin/countersign uninstall --yes
[ "$(cat .git/hooks/pre-push)" = "$(printf '#!/bin/sh\nsed "s/^/theirs read: /"')" ] || fail 'the hook is another one'
done_as_planned
