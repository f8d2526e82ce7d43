import { asciiLowerCase } from "../bytes.ts";

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

/** `ada-l@users.noreply.github.com`, `12345+ada-l@users.noreply.github.com`, `12345-ada-l@users.noreply.gitlab.com`, `ada-l@noreply.gitea.acme.example`. */
const NOREPLY = /^(?:([0-9]+)[+-])?(.+)@(?:users\.)?noreply\./;

/** The accounts of one of which an address may be, if forges give such addresses in place of their owners'. */
export function accountsOfNoreply(email: string): readonly Account[] {
  const address = asciiLowerCase(email);
  const [, id, login] = NOREPLY.exec(address) ?? [];
  if (login === undefined) return [];
  // A login may begin with digits itself.
  const whole = { login: address.slice(0, address.indexOf("@")) };
  return id === undefined ? [whole] : [{ login, id: Number(id) }, whole];
}

/** Values by account, found by any account that may be the same: by the number where both have one, else by the login. */
export class AccountMap<Value> {
  readonly #numbered = new Map<number, Value>();
  readonly #unnumbered = new Map<string, Value>();
  readonly #named = new Map<string, Value>();

  set({ login, id }: Account, value: Value): void {
    this.#named.set(asciiLowerCase(login), value);
    if (id === undefined) this.#unnumbered.set(asciiLowerCase(login), value);
    else this.#numbered.set(id, value);
  }

  get({ login, id }: Account): Value | undefined {
    const name = asciiLowerCase(login);
    return id === undefined ? this.#named.get(name) : (this.#numbered.get(id) ?? this.#unnumbered.get(name));
  }
}
