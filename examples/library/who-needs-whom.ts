import { describeRequirement, judgePush, readPolicy } from "@countersign/core";
import { branchRef, findDestination, resolveCommit } from "@countersign/core/internal";
import { closeAfter, openGitRepository } from "@countersign/git/internal";

/** Tells of each commit that HEAD would add to the default branch whether it could land, and what it waits for. */
const [directory = process.cwd()] = process.argv.slice(2);

await closeAfter(await openGitRepository(directory, process.env), async (repository) => {
  const { destination, policyPlace } = await findDestination(repository);
  const { defaultBranch } = destination;
  const policy = policyPlace && (await readPolicy(repository, policyPlace));
  const old = defaultBranch === undefined ? undefined : destination.branches.get(defaultBranch);
  if (!policy || !old || defaultBranch === undefined) throw new Error("no default branch with a policy is known here");

  const decision = await judgePush(repository, {
    updates: [{ ref: branchRef(defaultBranch), old, new: await resolveCommit(repository, "HEAD") }],
    destination,
    policy,
    now: Math.floor(Date.now() / 1000),
  });
  console.log(`outcome: ${decision.outcome}`);
  for (const { subject, provenance, requirements } of decision.updates.flatMap(({ judged }) => judged)) {
    const agents = provenance.agents.join(", ") || "nobody's agent";
    const unmet = requirements.filter(({ met }) => !met).map(({ requirement }) => describeRequirement(requirement));
    console.log(`${subject}: by ${agents}; ${unmet.length === 0 ? "may land" : `has to be ${unmet.join(", and ")}`}`);
  }
  process.exitCode = decision.outcome === "allow" ? 0 : 1;
});
