import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isCountersignError, NAMESPACE } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { canStart } from "./can-start.ts";
import { withPrivateFolder } from "./private-folder.ts";
import { findSigningProgram, SSH_KEYGEN } from "./signing-key.ts";
import { runSshKeygen } from "./ssh-keygen.ts";

/** Whether signatures can be made here. */
export type SigningProof =
  | { readonly state: "proven" }
  /** git's `gpg.ssh.program` signs in ssh-keygen's place, with keys that it alone has. */
  | { readonly state: "other program"; readonly program: string }
  | { readonly state: "program missing"; readonly program: string }
  | { readonly state: "unable"; readonly reason: string };

/** Has ssh-keygen sign something with a key that is made for it and thrown away: older ones cannot. */
export async function proveSigning(context: GitContext): Promise<SigningProof> {
  const program = await findSigningProgram(context);
  if (program !== SSH_KEYGEN) {
    return { state: canStart(program, context.env) ? "other program" : "program missing", program };
  }
  return withPrivateFolder(async (folder): Promise<SigningProof> => {
    const [key, text] = [join(folder, "key"), join(folder, "text")];
    await writeFile(text, "countersign\n");
    const calls = [
      ["-q", "-t", "ed25519", "-N", "", "-C", "probe", "-f", key],
      ["-q", "-Y", "sign", "-n", NAMESPACE, "-f", key, text],
    ];
    try {
      for (const args of calls) {
        const { ok, end, output } = await runSshKeygen({ program, cwd: folder, env: context.env }, args, {
          terminal: false,
        });
        if (!ok) return { state: "unable", reason: output.trim().split("\n")[0] || end };
      }
    } catch (error) {
      if (!isCountersignError(error) || error.code !== "SIGNING_FAILED") throw error;
      return { state: "unable", reason: error.what };
    }
    return { state: "proven" };
  });
}
