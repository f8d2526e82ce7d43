/** The gate's workflow refers to it by its name. */
export const REVIEW_WORKFLOW_NAME = "countersign review";

/**
 * A workflow that does nothing: that it ran starts the gate. GitHub runs it for a review as the pull request has it, so that
 * nothing in it could be believed.
 */
export function reviewWorkflow(): string {
  return `# Written by \`countersign init\`. A review starts this, and this starts the gate of the default branch, which asks GitHub
# for the reviews. Nothing is done here, since GitHub takes this file from the pull request.
name: ${REVIEW_WORKFLOW_NAME}
on:
  pull_request_review:
    types: [submitted, edited, dismissed]
permissions: {}
jobs:
  reviewed:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - name: Let the gate judge again
        run: "true"
`;
}
