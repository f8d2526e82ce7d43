/** What the tests of one run share: `global-setup.ts` makes the folder and takes it away. */
export const SHARED_FOLDER: string | undefined = process.env["COUNTERSIGN_SHARED_FOLDER"];

/**
 * Where processes that run already are asked: Linux alone shows one process what another was given. Undefined where each
 * program is started by itself, which the variable asks for.
 */
export const WARM_FOLDER: string | undefined =
  process.platform === "linux" && !process.env["COUNTERSIGN_TEST_COLD"] ? SHARED_FOLDER : undefined;
