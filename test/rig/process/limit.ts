/** So long a program that a test starts may run, in milliseconds. */
export const LIMIT_MS = 300_000;
