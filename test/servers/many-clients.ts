import { execFile } from "node:child_process";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import type { PushWorld } from "../rig/worlds/push-world.ts";
import { type Pushed, pushTo } from "./server-world.ts";

/** A push that one of several clients made while the others went on. */
export interface RivalPush extends Pushed {
  readonly branch: string;
  readonly tip: string;
  /** Whether the policy lets it in. */
  readonly mayLand: boolean;
}

export interface Crowd {
  readonly clients: number;
  readonly pushes: number;
  readonly branches: readonly string[];
}

/** Turns in which each client's messages come: every other one is an agent's work that nobody co-signed. */
const MESSAGES = [ASSISTED, "By hand\n", ASSISTED, VOUCHED];

/** Has clients fetch a branch, commit on top of it and push, each one after the other and all of them at once. */
export async function pushAsCrowd(
  { dev }: PushWorld,
  server: { readonly url: string; readonly env: NodeJS.ProcessEnv },
  { clients, pushes, branches }: Crowd,
): Promise<readonly RivalPush[]> {
  const git = (...args: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = { cwd: dev.dir, env: { ...dev.env, ...server.env } };
      execFile("git", args, options, (error, stdout) => (error ? reject(error) : resolve(stdout.trim())));
    });
  const tree = await git("rev-parse", "HEAD^{tree}");
  const play = async (client: number): Promise<readonly RivalPush[]> => {
    const made: RivalPush[] = [];
    for (let turn = client; turn < pushes; turn += clients) {
      const branch = branches[turn % branches.length] ?? "";
      const seen = `refs/clients/${client}`;
      await git("fetch", "-q", "--no-write-fetch-head", server.url, `+refs/heads/${branch}:${seen}`);
      // Two clients never make the same commit.
      const message = `${MESSAGES[(turn + Math.floor(turn / clients)) % MESSAGES.length]}`;
      const subject = `Turn ${turn}\n\n${message}`;
      const tip = await git("commit-tree", "-p", seen, "-m", subject, tree);
      const pushed = await pushTo(dev, server.url, [`${tip}:refs/heads/${branch}`], { variables: server.env });
      made.push({ ...pushed, branch, tip, mayLand: message !== ASSISTED });
    }
    return made;
  };
  return (await Promise.all(Array.from({ length: clients }, (_, client) => play(client)))).flat();
}
