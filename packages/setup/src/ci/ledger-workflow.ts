/**
 * A workflow that lies in the ledger, as GitHub runs for a push only what the pushed commit itself holds. It starts the gate
 * again, which judges by the default branch's files; nothing of a pull request and nothing of the ledger is run.
 */
export function ledgerWorkflow(): string {
  return `# Written by \`countersign init\`. A co-sign that arrives here has the gate judge again what it may be for. Nothing else.
name: countersign ledger
on: push
permissions:
  # To start the gate.
  actions: write
  contents: read
jobs:
  judge-again:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - name: Start the gate for the open pull requests of the branches that the new records name
        env:
          ADDRESS: \${{ github.server_url }}/\${{ github.repository }}
          REPOSITORY: \${{ github.repository }}
          DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
          GH_TOKEN: \${{ github.token }}
          BEFORE: \${{ github.event.before }}
          AFTER: \${{ github.sha }}
        run: |
          token=$(printf 'x-access-token:%s' "$GH_TOKEN" | base64 | tr -d '\\n')
          export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$ADDRESS.extraHeader"
          export GIT_CONFIG_VALUE_0="Authorization: Basic $token"
          git init --quiet ledger
          cd ledger
          git remote add origin "$ADDRESS"
          git fetch --quiet --no-tags --depth=1 --filter=blob:none origin "$AFTER"
          # The first push has nothing before it, and what a forced one replaced may be gone.
          git fetch --quiet --no-tags --depth=1 --filter=blob:none origin "$BEFORE" 2>/dev/null ||
            BEFORE=$(git hash-object -t tree /dev/null)
          branches=$(
            git -c core.quotePath=false diff --name-only --no-renames "$BEFORE" "$AFTER" |
              grep -E '^[0-9a-f]{2}/[0-9a-f]+/[0-9a-f]+-[0-9]+/(record|withdrawn)$' |
              while IFS= read -r record; do git show "$AFTER:$record"; done |
              sed -n 's,^branch refs/heads/\\(.*\\) [^ ]*$,\\1,p' | sort -u | tr '\\n' ' '
          ) || true
          [ -z "$branches" ] ||
            gh api --method POST "repos/$REPOSITORY/actions/workflows/countersign.yml/dispatches" \\
              -f ref="refs/heads/$DEFAULT_BRANCH" -f "inputs[branches]=$branches"
`;
}
