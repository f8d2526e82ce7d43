/** What git forbids anywhere in a ref's name; `..` and a leading dot also keep a name inside of the repository's folder. */
const FORBIDDEN = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|\.(?:$|\/)|\.lock(?:$|\/)|^\/|\/$/;
const SPECIAL = /^[A-Z][A-Z_]*$/;

/** Whether a name is that of a ref, `refs/…`, or of a special one, such as `HEAD`. */
export function isRefName(name: string): boolean {
  return (name.startsWith("refs/") || SPECIAL.test(name)) && !FORBIDDEN.test(name);
}
