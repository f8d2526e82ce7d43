/** How a URL begins; with one slash where it was taken for a path and put in order. */
const SCHEME = String.raw`\b([a-z][a-z0-9+.-]*:\/\/|(?:https?|ftps?|ssh|git):\/)`;

/** All up to the last `@` before the path: a user's name, a password, a token. */
const USERINFO = new RegExp(String.raw`${SCHEME}[^\s/?#'"<>]*@`, "gi");

/** A password with a slash in it, which no URL may have, but which git repeats in its complaint about that. */
const BROKEN_USERINFO = new RegExp(String.raw`${SCHEME}[^\s/?#@:'"<>]*:(?!\d{1,5}(?:[/\s'"?#]|$))[^\s'"<>]*@`, "gi");

const QUERY_SECRET = /([?&][^=&\s'"]*(?:token|secret|password|key|signature)[^=&\s'"]*=)[^&\s'"]+/gi;

/**
 * Takes the credentials out of the URLs in a text. Every fault passes through here: what git says, and what a person
 * typed, can name a remote together with the token that opens it.
 */
export function redactUrls(text: string): string {
  if (!text.includes(":/")) return text;
  return text.replace(BROKEN_USERINFO, "$1***@").replace(USERINFO, "$1***@").replace(QUERY_SECRET, "$1***");
}
