import type { GitRepository } from "../repository/git-repository.ts";

/** The short names of all branches that are known here: the repository's own, and those that its remotes were last seen to have. */
export async function listBranchNames(repository: GitRepository): Promise<ReadonlySet<string>> {
  const refs = await Promise.all([repository.refs("refs/heads"), repository.refs("refs/remotes")]);
  return new Set(refs.flat().flatMap(({ name }) => /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(name)?.[1] ?? []));
}
