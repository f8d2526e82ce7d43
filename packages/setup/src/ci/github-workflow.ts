/**
 * A workflow that judges pull requests and merge queues. GitHub takes it from the default branch, so that no pull request
 * changes its own judge; nothing of one is checked out; and what others can name stands in variables, never inside a script.
 */
export function githubWorkflow(version: string): string {
  return `# Written by \`countersign init\`. Make this check a required one, or it only informs.
name: countersign
on:
  # Runs as the default branch has it. \`edited\` comes when a pull request turns to another branch.
  pull_request_target:
    types: [opened, synchronize, reopened, edited]
  # Runs as the queue's commit has it: whether that changes this file is for the check on the pull request to stop.
  merge_group:
permissions:
  contents: read
jobs:
  countersign:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Install countersign
        run: npm install --global --ignore-scripts countersign@${version}
      - name: Judge what is to be merged, by the policy of the default branch
        env:
          ADDRESS: \${{ github.server_url }}/\${{ github.repository }}
          TOKEN: \${{ github.token }}
          DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
          BASE: \${{ github.event.pull_request.base.ref || github.event.merge_group.base_ref }}
          HEAD: \${{ github.event.pull_request.head.sha || github.event.merge_group.head_sha }}
        run: |
          # Commits alone, and no files: nothing of a pull request can be run.
          git init --quiet judged
          cd judged
          git remote add origin "$ADDRESS"
          token=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\\n')
          git -c http.extraHeader="Authorization: Basic $token" fetch --quiet --no-tags origin
          git -c http.extraHeader="Authorization: Basic $token" fetch --quiet --no-tags origin "$HEAD"
          git remote set-head origin "$DEFAULT_BRANCH"
          countersign check "$HEAD" --branch "\${BASE#refs/heads/}" --protected --format github
`;
}
