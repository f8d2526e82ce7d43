/** The files and folders from the root in which CI services, as far as they are known, look for what they run. */
export const CI_FILES: readonly string[] = [
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  "azure-pipelines.yml",
  "bitbucket-pipelines.yml",
  "Jenkinsfile",
  ".buildkite/pipeline.yml",
  ".drone.yml",
  ".travis.yml",
  ".woodpecker.yml",
];
export const CI_FOLDERS: readonly string[] = [
  ".github/workflows",
  ".gitea/workflows",
  ".forgejo/workflows",
  ".woodpecker",
];
