import type { LedgerBranch, NewFile } from "@countersign/git/internal";
import type { FileState } from "./file-state.ts";

/** A change of text, apart from what stays: undone by putting `removed` where `inserted` is. */
export interface Hunk {
  readonly removed: string;
  readonly inserted: string;
}

/** One thing that is to be done, and why. */
export type Step = { readonly reason: string } & (
  | {
      readonly kind: "write";
      readonly path: string;
      readonly before?: FileState;
      /** The mode of a new file is what the umask leaves of this one. */
      readonly after: FileState;
      readonly hunks: readonly Hunk[];
    }
  | { readonly kind: "remove"; readonly path: string; readonly before: FileState }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  | { readonly kind: "set"; readonly name: string; readonly value: string }
  /** Adds a file to the local ledger, beside its records. */
  | {
      readonly kind: "ledger";
      readonly ledger: LedgerBranch;
      readonly file: NewFile;
      /** Where it is pushed to. */
      readonly remote: string | undefined;
    }
  | {
      readonly kind: "run";
      readonly program: string;
      readonly args: readonly string[];
      /** As a person would type it. */
      readonly shown: string;
      readonly cwd: string;
      /** Folders in which it may change files. */
      readonly writes: readonly string[];
      /** Settings of the repository that it may change, besides `core.hooksPath`. */
      readonly settings?: readonly string[];
    }
);
