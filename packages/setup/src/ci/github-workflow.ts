/**
 * A workflow that judges pull requests. The program is installed before the pull request is checked out, so that nothing
 * of it has a say; what others can name stands in variables, never inside a script.
 */
export function githubWorkflow(version: string): string {
  return `# Written by \`countersign init\`. Make this check a required one, or it only informs.
name: countersign
on:
  pull_request:
permissions:
  contents: read
jobs:
  countersign:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Install countersign outside of the pull request
        run: npm install --global --ignore-scripts countersign@${version}
      - uses: actions/checkout@v4
        with:
          # The commits themselves, not the merge that GitHub makes of them, and all of their history.
          ref: \${{ github.event.pull_request.head.sha }}
          fetch-depth: 0
          persist-credentials: false
      - name: Judge what the pull request adds, by the policy of the default branch
        env:
          BASE: \${{ github.base_ref }}
          DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
        run: |
          git remote set-head origin "$DEFAULT_BRANCH"
          countersign check HEAD --branch "$BASE"
`;
}
