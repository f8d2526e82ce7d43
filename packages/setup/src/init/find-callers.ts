import { findWorkSite, type GitContext, type GitRepository, git } from "@countersign/git/internal";
import { installers } from "../agents/installers/installers.ts";
import { CI_FILES, CI_FOLDERS } from "../ci/ci-files.ts";
import { mentionsCountersign } from "../doctor/hook/mentions.ts";
import { RUNNERS } from "../managers/managers.ts";

/** Files by which everyone who clones has countersign run, from the root of the work tree. */
export interface Callers {
  /** Those that git keeps track of here. */
  readonly here: readonly string[];
  /** Those that only HEAD has: the uninstall is not committed yet. */
  readonly committed: readonly string[];
}

export async function findCallers({ context }: GitRepository): Promise<Callers> {
  const { root } = await findWorkSite(context);
  const at = { ...context, cwd: root };
  const here = await listCallers(at, []);
  const committed = await listCallers(at, ["HEAD"]);
  return { here, committed: committed.filter((path) => !here.includes(path)) };
}

/** Where hooks, agents and CI are set up; a folder ends in a slash. */
const PLACES: readonly string[] = [
  ...RUNNERS.flatMap(({ configs }) => configs),
  ...[".husky/", ".countersign/", ".githooks/", ".gitlab/"],
  ...CI_FILES,
  ...CI_FOLDERS.map((folder) => `${folder}/`),
  ...installers.flatMap(({ files }) => files.flatMap((file) => (file.kind === "own" ? [file.path] : file.paths))),
];

async function listCallers(context: GitContext, revision: readonly string[]): Promise<readonly string[]> {
  // No match is 1, and a branch without a commit 128.
  const args = [
    "grep",
    "-z",
    "-I",
    "--no-color",
    "--full-name",
    "--no-line-number",
    "--no-column",
    "-F",
    "-e",
    "countersign",
  ];
  const { output } = await git(context, [...args, ...revision], [0, 1, 128]);
  const callers = output.split("\n").flatMap((match) => {
    const [name = "", line = ""] = match.split("\0");
    const path = revision.length > 0 ? name.slice("HEAD:".length) : name;
    return isPlace(path) && mentionsCountersign(line) && !DEPENDENCY.test(line) ? [path] : [];
  });
  return [...new Set(callers)];
}

/** Also below the folder of a project that is not at the root. */
function isPlace(path: string): boolean {
  return PLACES.some((place) => `/${path}`.includes(`/${place}`) && (place.endsWith("/") || path.endsWith(place)));
}

/** In package.json: it is there to be called, and nothing calls it. */
const DEPENDENCY = /^\s*"@?countersign[\w/-]*"\s*:/;
