import type { Mode, Proof } from "@countersign/core/internal";
import type { Installer } from "../agents/installers/installer.ts";
import type { ManagerName } from "../managers/manager.ts";
import type { Senior } from "../people/senior.ts";

/** What was decided, by options, by answers or by default. */
export interface Choices {
  readonly manager: ManagerName;
  readonly branch: string;
  readonly project: string | undefined;
  readonly seniors: readonly Senior[];
  readonly proof: Proof;
  readonly mode: Mode;
  /** The branch for co-signs beside the commits, by its short name; undefined for none. */
  readonly ledger: string | undefined;
  readonly ci: CiName | undefined;
  /** Whose hooks are set up. An empty list differs from undefined: they were asked for, and there are none here. */
  readonly agents: readonly Installer[] | undefined;
}

/** The ledger's name where nobody gives it another one. */
export const LEDGER = "countersign/ledger";

export const CI_NAMES = ["github", "gitlab"] as const;

export type CiName = (typeof CI_NAMES)[number];

/** The options of `countersign init`. */
export interface InitOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly manager?: ManagerName;
  readonly senior?: readonly string[];
  readonly key?: readonly string[];
  readonly branch?: string;
  readonly project?: string;
  readonly proof?: Proof;
  readonly mode?: Mode;
  /** False if there is to be none. */
  readonly ledger?: string | false;
  readonly ci?: CiName;
  /** Names; `yes` for the agents that the project has files of. */
  readonly agents?: readonly string[];
}
