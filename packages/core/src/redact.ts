/** Behind the start of a URL; with one slash where it was taken for a path and put in order. */
const BEHIND_SCHEME = String.raw`(?<=[a-z0-9+.-]:\/\/|\b(?:https?|ftps?|ssh|git):\/)`;

/** All up to the last `@` before the path: a user's name, a password, a token. */
const USERINFO = new RegExp(String.raw`${BEHIND_SCHEME}[^\s/?#'"<>]*@`, "gi");

/** The part of a text that can be one URL. */
const WORD = /[^\s'"<>]+/g;
/** Within a word the user, and the colon behind it that begins no port. */
const USER = new RegExp(String.raw`${BEHIND_SCHEME}[^/?#@:]*:(?!\d{1,5}(?:[/?#]|$))`, "i");

const PARAMETER = /[^&\s'"]+/g;
const SECRET_NAME = /token|secret|password|key|signature/i;

/**
 * Takes the credentials out of the URLs in a text. Every fault passes through here: what git says, and what a person
 * typed, can name a remote together with the token that opens it.
 */
export function redactUrls(text: string): string {
  if (!text.includes(":/")) return text;
  return text
    .replace(WORD, redactBrokenUserinfo)
    .replace(USERINFO, "***@")
    .replace(PARAMETER, (part, at: number, whole: string) => redactParameter(part, whole[at - 1] === "&"));
}

/** A password with a slash in it, which no URL may have, but which git repeats in its complaint about that. */
function redactBrokenUserinfo(word: string): string {
  const at = word.lastIndexOf("@");
  const user = at < 0 ? null : USER.exec(word);
  return user && at >= user.index + user[0].length ? `${word.slice(0, user.index)}***${word.slice(at)}` : word;
}

/** The value behind `?name=` and, where the part stands behind an `&`, behind its first name. */
function redactParameter(part: string, behindAmpersand: boolean): string {
  let start = behindAmpersand ? 0 : part.indexOf("?") + 1;
  while (start > 0 || behindAmpersand) {
    const equals = part.indexOf("=", start);
    if (equals < 0 || equals === part.length - 1) return part;
    if (SECRET_NAME.test(part.slice(start, equals))) return `${part.slice(0, equals + 1)}***`;
    start = part.indexOf("?", equals) + 1;
    if (start === 0) return part;
  }
  return part;
}
