/**
 * A job that judges merge requests, in a file of its own. The program is installed outside of the merge request's tree;
 * that a merge request can change the pipeline itself, no job of the pipeline can help.
 */
export function gitlabJob(version: string): string {
  return `# Written by \`countersign init\`. Let pipelines have to succeed before a merge, or it only informs.
# GitLab takes this file from the merge request's own branch: who can change it can switch the check off. Out of a merge
# request's reach are a pipeline execution policy and a hook on the server.
countersign:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    # All of the history.
    GIT_DEPTH: "0"
  script:
    - (cd / && npm install --global --ignore-scripts countersign@${version})
    - git fetch --quiet --no-tags origin "+refs/heads/*:refs/remotes/origin/*"
    - git remote set-head origin "$CI_DEFAULT_BRANCH"
    - countersign check "$CI_COMMIT_SHA" --branch "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" --protected --format text --format gitlab=countersign-quality.json --format junit=countersign-junit.xml
  # What is refused is shown in the merge request and in its tests.
  artifacts:
    when: always
    reports:
      codequality: countersign-quality.json
      junit: countersign-junit.xml
`;
}
