import { join } from "node:path";
import { findWorkSite, type GitRepository } from "@countersign/git/internal";
import { apply } from "../files/apply.ts";
import { readState } from "../files/file-state.ts";

/** The policy file of the work tree, by its name there, and what it is to hold instead. */
export interface PolicyEdit {
  readonly name: string;
  readonly before: Uint8Array;
  readonly after: string;
}

/** Changes the policy file of the work tree. @throws `FILE_UNWRITABLE`, also where it is a link or was changed meanwhile. */
export async function writePolicy({ context }: GitRepository, { name, before, after }: PolicyEdit): Promise<void> {
  const { root, commonDir } = await findWorkSite(context);
  const path = join(root, name);
  const mode = readState(path)?.mode ?? 0o644;
  const state = (content: Uint8Array | string) => ({ bytes: Buffer.from(content), mode });
  await apply({ root, commonDir, context }, [
    { kind: "write", reason: "the roster", path, before: state(before), after: state(after), hunks: [] },
  ]);
}
