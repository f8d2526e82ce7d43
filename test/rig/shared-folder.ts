/** What the tests of one run share: `global-setup.ts` makes the folder and takes it away. */
export const SHARED_FOLDER: string | undefined = process.env["COUNTERSIGN_SHARED_FOLDER"];
