/** How a default branch is named where nothing says which one it is. */
const USUAL = ["main", "master"];

/** The branch of a usual name that a repository has; undefined also where it has both, which says as little as none. */
export function findUsualBranch(has: (branch: string) => boolean): string | undefined {
  const found = USUAL.filter(has);
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a repository that nothing was pushed to yet may get its default branch by this name, whatever is configured. */
export function isUsualBranch(branch: string): boolean {
  return USUAL.includes(branch);
}

/** The refs at which a remote's default branch is looked for where one look must do: what it was noted to be, or guesses. */
export function defaultBranchRefs(remoteRefs: string): { readonly noted: string; readonly guessed: readonly string[] } {
  return { noted: `${remoteRefs}/HEAD`, guessed: USUAL.map((name) => `${remoteRefs}/${name}`) };
}
