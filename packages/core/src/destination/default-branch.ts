/** How a default branch is named where nothing says which one it is, the usual one first. */
const USUAL = ["main", "master"];

/** The branch of a usual name that a repository has. */
export function findUsualBranch(has: (branch: string) => boolean): string | undefined {
  return USUAL.find(has);
}

/** The default branch of a remote: what its HEAD was last seen to name, or else the one of a usual name. */
export function findDefaultBranch(
  remoteRefs: string | undefined,
  head: string | undefined,
  has: (branch: string) => boolean,
): string | undefined {
  const start = `${remoteRefs}/`;
  const named = head?.startsWith(start) ? head.slice(start.length) : undefined;
  return named ?? findUsualBranch(has);
}

/** The refs at which a remote's default branch is looked for where one look must do, in the order in which they count. */
export function defaultBranchRefs(remoteRefs: string): readonly string[] {
  return ["HEAD", ...USUAL].map((name) => `${remoteRefs}/${name}`);
}
