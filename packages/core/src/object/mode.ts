/** The mode of a tree within a tree. */
export const FOLDER = "040000";
/** The mode of a submodule: a commit of another repository. */
export const GITLINK = "160000";

/** The mode of a symbolic link. */
export const LINK = "120000";

/** Whether a tree entry's mode is that of a file, executable or not. */
export function isRegularFile(mode: string): boolean {
  return mode === "100644" || mode === "100755";
}

/** Old and foreign tools wrote modes such as 100664; git reads each as one of the five it knows. */
export function canonicalMode(digits: Uint8Array): string {
  let mode = 0;
  for (const digit of digits) {
    if (digit < 0x30 || digit > 0x37) throw new Error("a tree entry's mode is malformed");
    mode = (mode * 8 + digit - 0x30) & 0o177777;
  }
  switch (mode & 0o170000) {
    case 0o100000:
      return mode & 0o100 ? "100755" : "100644";
    case 0o120000:
      return LINK;
    case 0o040000:
      return FOLDER;
    default:
      return GITLINK;
  }
}
