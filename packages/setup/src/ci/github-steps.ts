/** Where the gate lies in a repository. */
export const GATE_PATH = ".github/countersign/gate.mjs";

/**
 * The lines of the one step of a job that runs the gate. Its file is taken from the default branch by git, and nothing else
 * is: no checkout, no package, no action of others. What others can name stands in variables, never inside a script.
 */
export function gateStep(
  job: "judge" | "comment" | "records" | "witness",
  env: Readonly<Record<string, string>> = {},
): string {
  const more = Object.entries(env).map(([name, value]) => `          ${name}: ${value}\n`);
  return `    steps:
      - name: Run the gate of the default branch
        id: gate
        env:
          ADDRESS: \${{ github.server_url }}/\${{ github.repository }}
          DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
          GITHUB_TOKEN: \${{ github.token }}
${more.join("")}        run: |
          cd "$RUNNER_TEMP"
          git init --quiet --bare default
          git -C default remote add origin "$ADDRESS"
          token=$(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\\n')
          (
            export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$ADDRESS.extraHeader"
            export GIT_CONFIG_VALUE_0="Authorization: Basic $token"
            git -C default fetch --quiet --no-tags --depth=1 --filter=blob:none origin "+refs/heads/$DEFAULT_BRANCH:refs/default"
            git -C default cat-file blob refs/default:${GATE_PATH} >gate.mjs
          )
          node gate.mjs ${job}
`;
}
