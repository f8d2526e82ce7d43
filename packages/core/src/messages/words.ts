/** What a person is told: what happened, why it matters, and what to do now. Plain text; foreign parts are escaped when shown. */
export interface Words {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Further lines below `what`, such as every problem of a file. */
  readonly details?: readonly string[];
}
