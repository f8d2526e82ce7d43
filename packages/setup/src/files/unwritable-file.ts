import { CountersignError } from "@countersign/core";

/** The fault with what it is about, for those who report it in words of their own. */
export class UnwritableFile extends CountersignError<"FILE_UNWRITABLE"> {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super("FILE_UNWRITABLE", { path, reason }, { cause });
    this.path = path;
    this.reason = reason;
  }
}
