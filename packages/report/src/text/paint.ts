/** How the kinds of text are set apart. Without colours every function returns its text as it is. */
export interface Paint {
  bad(text: string): string;
  good(text: string): string;
  strong(text: string): string;
  dim(text: string): string;
}

const same = (text: string): string => text;

export const PLAIN: Paint = { bad: same, good: same, strong: same, dim: same };
