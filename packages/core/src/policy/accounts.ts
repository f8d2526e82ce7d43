/** The kinds of forges whose reviews are understood. */
export const FORGES = ["github", "gitlab", "gitea"] as const;
export type Forge = (typeof FORGES)[number];

/** Someone's account on a forge, as the forge names it. */
export interface Account {
  /** Logins can be changed, and given to someone else. */
  readonly login: string;
  /** The number that an account keeps. */
  readonly id?: number | undefined;
}

/** A person's account on a forge, as the roster names it; the login in ASCII lower case. */
export interface RosterAccount extends Account {
  readonly forge: Forge;
}
