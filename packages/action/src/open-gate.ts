import type { Forge } from "./gate/forge.ts";
import { withKeptRepository } from "./gate/gate-repository.ts";
import type { QueuedGroup } from "./gate/judge-queue.ts";
import { openRequests } from "./gate/open-requests.ts";
import { settleQueue, settleRequest } from "./gate/settle-request.ts";

/** What a gate is opened with. */
export interface GateOptions {
  readonly forge: Forge;
  /** A folder for the repository that is kept between verdicts. No two gates may share it. */
  readonly folder: string;
  /** The name of the status, in which `BASE` stands for the branch. */
  readonly context?: string | undefined;
  /** A sentence for the comment: what happens after a co-sign. */
  readonly next?: string | undefined;
  /** The variables for git; by default those of the process. Secrets are left out by their names. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** A verdict that its forge knows now. */
export interface Settled {
  /** Undefined if the policy leaves the branch alone: no status was written. */
  readonly state: "success" | "failure" | undefined;
  /** One line. */
  readonly title: string;
}

/** Judges requests on a forge, one at a time, and writes each verdict where it can be required. */
export interface Gate {
  /** The open requests that are to be merged into one of these branches; all where none is named. */
  openRequests(branches?: readonly string[]): Promise<readonly number[]>;
  /** Judges a request as it is now. Undefined for one that is not open. @throws `FORGE_FAILED` and what else a forge that does not answer throws. */
  settleRequest(number: number): Promise<Settled | undefined>;
  /** Judges what a merge queue would have a branch become. */
  settleQueue(group: QueuedGroup): Promise<Settled>;
}

/** Opens the gate of one repository. */
export function openGate({ forge, folder, env = process.env, ...options }: GateOptions): Gate {
  const { context, next = "The check runs again when the co-sign arrives." } = options;
  const showing = { context, next, run: undefined };
  return {
    openRequests: (branches = []) => openRequests(forge, branches),
    settleRequest: (number) =>
      withKeptRepository(folder, forge.source, env, async (place) => {
        const settled = await settleRequest(forge, place, number, showing);
        if (settled) await forge.writeComment(number, settled.comment);
        return settled?.report;
      }),
    settleQueue: (group) =>
      withKeptRepository(folder, forge.source, env, (place) => settleQueue(forge, place, group, showing)),
  };
}
