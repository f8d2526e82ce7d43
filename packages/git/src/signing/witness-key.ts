import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CountersignError, fingerprint, type Policy, readPublicKey } from "@countersign/core";
import { keyState, type Witness } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { withPrivateFolder } from "./private-folder.ts";
import { type SigningKey, SSH_KEYGEN } from "./signing-key.ts";
import { runSshKeygen } from "./ssh-keygen.ts";

/** A witness, and the key that it signs with. */
export interface WitnessKey {
  readonly witness: Witness;
  readonly key: SigningKey;
}

/**
 * Gives the witness whose private key this is, as text. It is in a file only as long as it is used, in a folder that nobody else can read.
 * @throws `KEY_UNREADABLE`; `WITNESS_UNKNOWN` where the policy has no witness with that key, or the key proves nothing now.
 */
export function withWitnessKey<Result>(
  { context, policy, now }: { readonly context: GitContext; readonly policy: Policy; readonly now: number },
  privateKey: string,
  use: (key: WitnessKey) => Promise<Result>,
): Promise<Result> {
  return withPrivateFolder(async (folder) => {
    const path = join(folder, "witness");
    // What a secret store hands out often lacks the last line end, without which ssh-keygen reads no key.
    await writeFile(path, `${privateKey.replaceAll("\r\n", "\n").trimEnd()}\n`, { mode: 0o600 });
    await chmod(path, 0o600);
    const { ok, output } = await runSshKeygen(
      { program: SSH_KEYGEN, cwd: folder, env: context.env },
      ["-y", "-P", "", "-f", path],
      { terminal: false },
    );
    const read = ok ? readPublicKey(output.trim()) : "is not an SSH private key without a passphrase";
    if (typeof read === "string")
      throw new CountersignError("KEY_UNREADABLE", { key: "of the witness", reason: `it ${read}` });
    const print = fingerprint(read);
    const witness = policy.witnesses.find(({ keys }) => keys.some(({ text }) => text === read.text));
    const own = witness?.keys.find(({ text }) => text === read.text);
    const state = own && keyState(policy, own, now);
    if (!witness || state !== "valid") throw new CountersignError("WITNESS_UNKNOWN", { fingerprint: print, state });
    return use({ witness, key: { kind: "file", path, fingerprint: print } });
  });
}
