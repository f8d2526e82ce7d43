import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { closeAfter } from "@countersign/core/internal";
import {
  type GitContext,
  type GitRepository,
  git,
  limitTime,
  openContext,
  openGitRepository,
  withoutRepository,
} from "@countersign/git/internal";
import type { Source } from "./forge.ts";
import type { WalkedLedger } from "./ledger/walk-ledger.ts";

/** The remote, by its name in the gate's own repository. */
export const REMOTE = "origin";

/** How many seconds judging may take by itself. */
const LONGEST = 10 * 60;

/** And each talk with the forge: the first of a large repository brings all of its history. */
const LONGEST_TALK = 30 * 60;

/**
 * A bare repository that holds what was fetched of a forge's, and nothing else. There is no work tree: nothing of what is
 * judged ever becomes a file, whose attributes, settings or programs something could read.
 */
export interface GateRepository {
  /** For what talks with the forge, each time for a while. */
  readonly network: GitContext;
  /** How far each ledger was walked, by the ref that holds what was fetched of it: many requests are judged by one. */
  readonly walked: Map<string, WalkedLedger>;
  /** Opens it as it is now, and closes it, however its use ends. */
  read<Result>(use: (repository: GitRepository) => Promise<Result>): Promise<Result>;
  /** The same for what writes, and talks with nobody. */
  write<Result>(use: (repository: GitRepository) => Promise<Result>): Promise<Result>;
  /** The same for what also pushes: of the three, it alone has the secret. */
  push<Result>(use: (repository: GitRepository) => Promise<Result>): Promise<Result>;
}

/** Makes such a repository in a folder of its own, which is gone afterwards. */
export async function withGateRepository<Result>(
  source: Source,
  env: NodeJS.ProcessEnv,
  use: (repository: GateRepository) => Promise<Result>,
): Promise<Result> {
  const cwd = await mkdtemp(join(source.folder, "countersign-gate-"));
  try {
    return await use(await openIn(cwd, source, env));
  } finally {
    await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Opens such a repository in a folder that is kept, so that little has to be fetched. Evidence that is not at the forge any
 * more must not count: what no fetch by names would take away is taken away before. One use at a time.
 */
export async function withKeptRepository<Result>(
  folder: string,
  source: Source,
  env: NodeJS.ProcessEnv,
  use: (repository: GateRepository) => Promise<Result>,
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  const place = await openIn(folder, source, env);
  const { output } = await git(place.network, ["for-each-ref", "--format=%(refname)", "refs/notes", "refs/entire"]);
  for (const ref of output.split("\n").filter(Boolean)) await git(place.network, ["update-ref", "-d", ref]);
  return use(place);
}

async function openIn(cwd: string, source: Source, env: NodeJS.ProcessEnv): Promise<GateRepository> {
  const own = withoutSecrets(withoutRepository(env));
  const named = { ...own, ...IDENTITY };
  const network = { ...named, ...secretly(source) };
  await git(openContext(cwd, own), ["init", "--quiet", "--bare", "--template=", "."]);
  await git(openContext(cwd, own), ["config", `remote.${REMOTE}.url`, source.address]);
  return {
    get network() {
      // How long it may take is asked without the secret.
      return { ...limitTime(openContext(cwd, own), LONGEST_TALK), env: openContext(cwd, network).env };
    },
    walked: new Map(),
    read: async (reading) => closeAfter(await openGitRepository(cwd, own, LONGEST), reading),
    write: async (writing) => closeAfter(await openGitRepository(cwd, named, LONGEST), writing),
    push: async (pushing) => closeAfter(await openGitRepository(cwd, network, LONGEST), pushing),
  };
}

/** The names by which forges hand over secrets, an input of an action among them, and by which people name their own. */
const SECRET = /^(?:INPUT|CI|GITLAB|FF)_|TOKEN|PASSWORD|SECRET|WITNESS_KEY/i;

function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)));
}

/** The secret goes to git by its environment, for this address alone: arguments and files can be read by others. */
function secretly({ address, header }: Source): NodeJS.ProcessEnv {
  const settings = [
    ...(header === undefined ? [] : [[`http.${new URL("/", address).href}.extraHeader`, header]]),
    // A program that knows another password, or asks for one, is not for this.
    ["credential.helper", ""],
    // git would take the header along to wherever it is sent.
    ["http.followRedirects", "false"],
    // A forge says something every few seconds while it works. Some programs of git would outlive what waits for them.
    ["http.lowSpeedLimit", "1"],
    ["http.lowSpeedTime", "120"],
  ];
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_ASKPASS: "",
  };
}

/** Who adds to the ledger here: the records in it say who signed. */
const IDENTITY: NodeJS.ProcessEnv = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((role) => [
    [`GIT_${role}_NAME`, "countersign"],
    [`GIT_${role}_EMAIL`, "countersign@users.noreply.github.com"],
  ]),
);
