/** A job that judges merge requests, in a file of its own. The program is installed outside of the merge request's tree. */
export function gitlabJob(version: string): string {
  return `# Written by \`countersign init\`. Let pipelines have to succeed before a merge, or it only informs.
countersign:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    # All of the history.
    GIT_DEPTH: "0"
  script:
    - (cd / && npm install --global --ignore-scripts countersign@${version})
    - git fetch --quiet origin "+refs/heads/*:refs/remotes/origin/*"
    - git remote set-head origin "$CI_DEFAULT_BRANCH"
    - countersign check "$CI_COMMIT_SHA" --branch "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
`;
}
