import { statusName } from "@countersign/report";
import { gateStep } from "./github-steps.ts";
import { REVIEW_WORKFLOW_NAME } from "./review-workflow.ts";

/**
 * A workflow that judges pull requests, merge queues and what landed. GitHub takes it from the default branch, so that no
 * pull request changes its own judge. `branch`: the one that the policy protects first; `pushes`: the filters
 * for all that it protects.
 */
export function githubWorkflow(branch: string, pushes: readonly string[]): string {
  return `# Written by \`countersign init\`. Require the status "${statusName(branch)}" on ${branch}, or it only informs.
name: countersign
on:
  # Runs as the default branch has it. \`edited\` comes when a pull request turns to another branch.
  pull_request_target:
    types: [opened, synchronize, reopened, edited, ready_for_review]
  # Runs as the queue's commit has it: whether that changes this file is for the check on the pull request to stop.
  merge_group:
  # What came to a protected branch past the gate shows here. GitHub takes this file for it from the branch that was pushed.
  push:
    branches: [${pushes.map((filter) => JSON.stringify(filter)).join(", ")}]
  # An approval was given or taken back. Runs as the default branch has it.
  workflow_run:
    workflows: [${REVIEW_WORKFLOW_NAME}]
    types: [completed]
  # A co-sign that arrives starts it, a comment /countersign, and people.
  workflow_dispatch:
    inputs:
      pull:
        description: The number of a pull request; empty for all that are open
        type: string
      branches:
        description: Only pull requests for these branches, separated by blanks
        type: string
permissions: {}
concurrency:
  group: countersign-\${{ github.event.pull_request.number || github.event.merge_group.head_sha || github.event.workflow_run.head_sha || inputs.pull || inputs.branches || github.sha }}
  cancel-in-progress: false
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      pull-requests: read
      statuses: write
    outputs:
      comments: \${{ steps.gate.outputs.comments }}
      witness: \${{ steps.gate.outputs.witness }}
${gateStep("judge")}  # Says on the pull request what the gate found. It judges nothing, and what it writes decides nothing.
  comment:
    needs: gate
    if: \${{ !cancelled() && needs.gate.outputs.comments }}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      pull-requests: write
${gateStep("comment", { INPUT_COMMENTS: `\${{ needs.gate.outputs.comments }}` })}  # Writes approvals into the ledger, signed by a witness of the policy, so that they count after the merge too. The
  # secret COUNTERSIGN_WITNESS_KEY is the witness's private key.
  witness:
    needs: gate
    if: \${{ !cancelled() && needs.gate.outputs.witness }}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: write
      pull-requests: read
${gateStep("witness", { INPUT_WITNESS_KEY: `\${{ secrets.COUNTERSIGN_WITNESS_KEY }}` })}`;
}
