import type { Messages, NoData } from "./message.ts";

/** Why nothing can be attested. */
export const attestationFaults = {
  COMMIT_NOT_LANDED: ({ commit, branch }: { commit: string; branch: string }) => ({
    what: `${commit} is not on ${branch}`,
    why: "what is attested has to have landed, as that of a branch under way may still change",
    fix: `name a commit that ${branch} has, fetch first where it landed just now, or name the branch that has it with --branch`,
  }),
  LANDING_UNJUDGED: ({
    commit,
    branch,
    baseline,
  }: {
    commit: string;
    branch: string;
    baseline?: string | undefined;
  }) => ({
    what:
      baseline === undefined
        ? `no policy protected ${branch} when ${commit} landed`
        : `${commit} landed on ${branch} before the policy's baseline ${baseline}`,
    why: "nothing was asked of it then, so there is nothing that an attestation could vouch for",
    fix: "name a commit that landed later: `countersign audit --format json` says from where on the branch is judged",
  }),
  LANDING_NEEDED: ({ commit, branch, landing }: { commit: string; branch: string; landing: string }) => ({
    what: `${branch} never stood at ${commit}, which came with ${landing}`,
    why: "a source verification summary is about a commit that the branch stood at, and what came together was judged together",
    fix: `name ${landing}, or ask for the co-signs of the commit alone with --predicate cosign`,
  }),
  RESOURCE_UNKNOWN: ({ problem }: { problem: string }) => ({
    what: `it is not known from where others fetch this repository: ${problem}`,
    why: "an attestation names the repository that it is about, so that it proves nothing of another one",
    fix: "name it with --resource, as in `--resource git+https://git.example.com/acme/payments`",
  }),
  SIGNING_KEY_UNSET: (_: NoData) => ({
    what: "no SSH key is set for signing",
    why: "whoever signs an attestation answers for it, so no key is guessed",
    fix: "name one with --key FILE, or set git's countersign.signingKey to its .pub file",
  }),
} as const satisfies Messages;
