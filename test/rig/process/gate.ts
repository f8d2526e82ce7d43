import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scratch } from "../repository/scratch.ts";

/** Where a test holds a script of its own: the script says that it has come there, and goes on once the gate is open. */
export class Gate {
  readonly #reached: string;
  readonly #opened: string;

  constructor({ dir }: Scratch, name = "gate") {
    this.#reached = join(dir, `${name}.reached`);
    this.#opened = join(dir, `${name}.opened`);
  }

  /** The lines of the script, for a POSIX shell. */
  get lines(): string {
    return `: >"${this.#reached}"; until [ -e "${this.#opened}" ]; do sleep 0.05; done`;
  }

  reached(): Promise<void> {
    return appearance(this.#reached);
  }

  open(): void {
    writeFileSync(this.#opened, "");
  }
}

/** Waits for a file, however long that takes. */
export function appearance(path: string): Promise<void> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (!existsSync(path)) return;
      clearInterval(look);
      resolve();
    }, 10);
  });
}
