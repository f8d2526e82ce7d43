import type { HookFormat } from "../agent-events/hook-format.ts";
import type { AssistanceClass, EvidenceKind } from "../provenance/provenance.ts";

/**
 * One AI agent and every exact form by which its commits can be known. All of it is data and all of it is
 * literal text: a policy may add records, and no record can make matching slow.
 */
export interface Agent {
  /** Stable for ever: policies and stamps name agents by it. */
  readonly id: string;
  readonly name: string;
  readonly vendor?: string;
  /** What its identities stand for; `authored` unless said. A review bot's co-author line is an accepted suggestion. */
  readonly class?: AssistanceClass;
  /** What it did when it is the committer alone; as `class` unless said. */
  readonly committerClass?: AssistanceClass;
  /** Addresses that no person holds. Never a vendor's domain: people work there. */
  readonly emails?: readonly string[];
  /** Addresses that count only beside this name, because a person holds them too. */
  readonly sharedEmails?: readonly SharedEmail[];
  /** Addresses with a changing middle of hex digits and dashes. */
  readonly emailFamilies?: readonly EmailFamily[];
  /** Addresses that anyone could write, such as those at example.com: weak evidence. */
  readonly placeholderEmails?: readonly string[];
  /** Accounts on GitHub, known by their noreply addresses. */
  readonly bots?: readonly Bot[];
  /** What the agent appends to the person's name. */
  readonly nameSuffix?: string;
  /** Names by which the value of `Assisted-by` and its kin is recognised, besides `id` and `name`. */
  readonly names?: readonly string[];
  /** Those of the names that are people's names or plain words too; they need a key that asks for a tool. */
  readonly commonNames?: readonly string[];
  /** Those of the names that are models' or that of AI itself: a number behind one is a model's, not a tool's version. */
  readonly modelNames?: readonly string[];
  /** Trailer keys that this agent alone writes. */
  readonly trailerKeys?: readonly TrailerKey[];
  /** Whole lines; one that ends in a link may go on behind it. */
  readonly footers?: readonly string[];
  /** How links to its sessions begin. */
  readonly sessionLinks?: readonly string[];
  /** How its branches begin: weak evidence in the subject of a merge. */
  readonly branchPrefixes?: readonly string[];
  /** How its subjects once began: weak evidence. */
  readonly subjectPrefix?: string;
  /** What it sets for the programs that it starts, and a person's shell has not. Each sign is enough by itself. */
  readonly environment?: readonly EnvironmentSign[];
  /** Agents, by id, whose variables it sets too: where both are found, it is this one. */
  readonly imitates?: readonly string[];
  /** Names of its program, where it sets no variable by which it could be known. */
  readonly processes?: readonly string[];
  /** How it reports to its hooks what it does. */
  readonly hooks?: HookFormat;
}

/** An account on GitHub. The id guards against a login that another account took over. */
export interface Bot {
  /** Absent if it is not known; any id is then accepted before the login. */
  readonly id?: number;
  readonly login: string;
  readonly class?: AssistanceClass;
}

export interface SharedEmail {
  readonly name: string;
  readonly email: string;
}

export interface EmailFamily {
  readonly before: string;
  readonly after: string;
}

/** A variable that has a value. Where a condition is given, the value must meet it. */
export interface VariableSign {
  readonly variable: string;
  readonly equals?: string;
  readonly begins?: string;
  readonly contains?: string;
  /** None of these may be in the value. */
  readonly lacks?: readonly string[];
}

/**
 * A variable that proves an agent's session. Those that a person's shell can have as well are in no record, since
 * hooks stamp and refuse by these signs:
 *
 * - of every terminal in a product: `REPL_ID`, `CURSOR_TRACE_ID`, `TERM_PROGRAM=kiro`, and `TERM_PROGRAM=zed`, which
 *   is no more with `PAGER=cat`, as people set that too; `HOSTNAME=cursor`, a name that any machine can have;
 * - settings that people keep: `GOOSE_PROVIDER`, `CODEX_HOME`, `COPILOT_MODEL`;
 * - shared by many tools: `AGENT` without a known name, `AGENT_SESSION_ID`, and `CLAUDE_PROJECT_DIR`, which other
 *   programs give to hooks that were written for Claude Code.
 */
export interface EnvironmentSign extends VariableSign {
  /** A second variable that must hold as well. */
  readonly beside?: VariableSign;
}

/** A trailer that only one agent writes: it counts whatever its value looks like, because vendors change that. */
export interface TrailerKey {
  readonly key: string;
  readonly kind: EvidenceKind;
  /** The values that count, where others have the key too or it says more than that an agent took part. */
  readonly equals?: readonly string[];
}
