/** What there is to say of a code beyond one case of it. */
export interface Page<Facts> {
  /** When it is reported, in general. */
  readonly means: string;
  /** Values from which the code's words make an example. */
  readonly example: Facts;
}
