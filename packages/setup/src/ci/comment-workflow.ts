import { gateStep } from "./github-steps.ts";

/** A workflow for people who may not push: co-signs in a comment go into the ledger, and `/countersign` judges again. */
export function commentWorkflow(): string {
  return `# Written by \`countersign init\`. GitHub runs it as the default branch has it. Anybody may comment: what is kept in the
# ledger counts by its signature, and judging again changes nothing where nothing has changed.
name: countersign comment
on:
  issue_comment:
    types: [created, edited]
permissions: {}
jobs:
  records:
    if: \${{ github.event.issue.pull_request && (contains(github.event.comment.body, '/countersign') || contains(github.event.comment.body, 'SSH SIGNATURE')) }}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      # To push the ledger, and nothing else.
      contents: write
      pull-requests: read
${gateStep("records")}  judge-again:
    needs: records
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      actions: write
    steps:
      - name: Start the gate for the pull request
        env:
          REPOSITORY: \${{ github.repository }}
          DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
          NUMBER: \${{ github.event.issue.number }}
          GH_TOKEN: \${{ github.token }}
        run: |
          gh api --method POST "repos/$REPOSITORY/actions/workflows/countersign.yml/dispatches" \\
            -f ref="refs/heads/$DEFAULT_BRANCH" -f "inputs[pull]=$NUMBER"
`;
}
