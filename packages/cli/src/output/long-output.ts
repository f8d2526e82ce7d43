import { openContext, withOwnLanguage } from "@countersign/git/internal";
import { type CommandContext, print } from "../context.ts";
import { Interruption } from "../interruption.ts";
import { openPager, type Pager } from "./pager.ts";

/** Standard output for a text that may be long: where it is paged, in the person's pager, which starts with the first piece. */
export class LongOutput {
  readonly isPaged: boolean;
  readonly #context: CommandContext;
  #pager: Pager | undefined;
  #interruption: Interruption | undefined;

  constructor(context: CommandContext, isPaged: boolean) {
    this.#context = context;
    this.isPaged = isPaged;
  }

  /** Whether the person pressed Ctrl-C in the pager. It ends the git that reads as well, which is not a failure then. */
  get wasInterrupted(): boolean {
    return this.#interruption?.happened ?? false;
  }

  /** Resolves when the text is taken; false once nobody reads any more. */
  async write(text: string): Promise<boolean> {
    if (!this.isPaged) return print(this.#context.stdout, text);
    this.#pager ??= await this.#open();
    return (await this.#pager.write(text)) && !this.wasInterrupted;
  }

  #open(): Promise<Pager> {
    const { cwd, env, stdout } = this.#context;
    return openPager(withOwnLanguage(openContext(cwd, env), env), stdout, () => {
      // Heard, since this process would end and leave the terminal to the shell and the pager both.
      this.#interruption = new Interruption();
    });
  }

  /** Resolves when the person has left the pager. */
  async close(): Promise<void> {
    await this.#pager?.close();
    this.#interruption?.end();
  }
}
