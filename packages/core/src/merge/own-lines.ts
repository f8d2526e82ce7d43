import { countChanged } from "../diff/count-changed.ts";
import { Effort } from "../diff/effort.ts";
import type { LineCount } from "../object/change.ts";
import { isRegularFile } from "../object/mode.ts";
import type { CleanEntry, Entry } from "./entry.ts";
import { mergeFiles } from "./merge-files.ts";
import type { MergeReader } from "./merge-reader.ts";
import type { MergedPath } from "./merged-paths.ts";

/** No more of a file is read to count its lines. */
const MOST_COUNTED = 64 * 1024 * 1024;

/** Counts the lines by which a merge differs from what a clean merge gives. */
export class OwnLines {
  readonly #repository: MergeReader;
  readonly #merging = Effort.forMany();
  readonly #comparing = Effort.forMany();

  constructor(repository: MergeReader) {
    this.#repository = repository;
  }

  async count({ sides, result }: MergedPath, before: CleanEntry): Promise<LineCount> {
    // What a parent has was counted when the merge was compared with it.
    const counted = sides.find(({ oid }) => oid === before.oid)?.lines;
    if (counted) return counted;
    if (!before.mergedFrom || before.oid === result.oid) return { added: 0, deleted: 0 };
    const merged = await mergeFiles(this.#repository, before.mergedFrom, this.#merging);
    return countChanged(merged ?? new Uint8Array(), await this.#read(result), this.#comparing);
  }

  async #read({ mode, oid }: Entry): Promise<Uint8Array> {
    return isRegularFile(mode) ? this.#repository.blob(oid, MOST_COUNTED) : new Uint8Array();
  }
}
