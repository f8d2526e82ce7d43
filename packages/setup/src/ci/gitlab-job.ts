/** Where the gate lies in a repository. */
export const GATE_PATH = ".gitlab/countersign/gate.mjs";

/** What differs between projects. */
export interface GitlabJobFacts {
  readonly stage: string;
  readonly image: string;
}

/**
 * A job that judges merge requests and what landed, by the gate of the default branch, which it fetches by git: nothing of
 * what is judged becomes a file. That a merge request can change the pipeline itself, no job of the pipeline can help.
 */
export function gitlabJob({ stage, image }: GitlabJobFacts): string {
  return `countersign:
  stage: ${stage}
  # It has to hold git and node.
  image: ${image}
  # Nothing that is set for other jobs is meant for this one.
  inherit:
    default: false
    variables: false
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    # What came to a branch past the gate shows here.
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_REF_PROTECTED == "true"
  allow_failure: false
  interruptible: false
  variables:
    GIT_STRATEGY: none
  script:
    - |
      set -eu
      cd "$(mktemp -d)"
      address=$CI_SERVER_URL/\${CI_MERGE_REQUEST_PROJECT_PATH:-$CI_PROJECT_PATH}.git
      if [ -n "\${CI_SERVER_TLS_CA_FILE:-}" ]; then
        export GIT_SSL_CAINFO="$CI_SERVER_TLS_CA_FILE" NODE_EXTRA_CA_CERTS="$CI_SERVER_TLS_CA_FILE"
      fi
      git init --quiet --bare default
      git -C default remote add origin "$address"
      token=$(printf 'gitlab-ci-token:%s' "$CI_JOB_TOKEN" | base64 | tr -d '\\n')
      (
        export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$address.extraHeader"
        export GIT_CONFIG_VALUE_0="Authorization: Basic $token"
        git -C default fetch --quiet --no-tags --depth=1 --filter=blob:none origin +HEAD:refs/default
        git -C default cat-file blob refs/default:${GATE_PATH} >gate.mjs
      )
      node gate.mjs gitlab
  artifacts:
    when: always
    reports:
      junit: countersign-junit.xml
      codequality: countersign-quality.json
`;
}
