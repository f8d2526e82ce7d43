/** The forms that a decision is reported in. */
export const FORMATS = ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"] as const;

export type Format = (typeof FORMATS)[number];
