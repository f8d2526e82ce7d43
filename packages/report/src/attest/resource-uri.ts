/** `host:path`, as ssh is written for short; a single letter is a drive. */
const SCP = /^(?<user>[^@/:\s]+@)?(?<host>[^@/:\s]{2,}):(?!\/\/)\/?(?<path>\S+)$/;

const URL =
  /^(?:git\+)?(?<scheme>https?|ssh|git):\/\/(?:(?<user>[^@/:\s]+)(?::[^@/\s]*)?@)?(?<host>[^@/\s]+)\/(?<path>[^?#\s]+)/;

/**
 * The address of a remote as an SPDX download location, `git+https://host/path`, the same for everyone who fetches from
 * there in this way: without a password, `.git` and a slash at the end. Undefined for a folder, from which nobody else can.
 */
export function toResourceUri(address: string): string | undefined {
  const scp = SCP.exec(address)?.groups;
  const { scheme = "ssh", user, host, path } = scp ?? URL.exec(address)?.groups ?? {};
  const name = path?.replace(/(?<!\/)\/+$/, "").replace(/\.git$/, "");
  if (!host || !name) return undefined;
  // Over ssh it is a part of the address; over https it is someone's own.
  const account = scheme === "ssh" && user ? `${user.replace(/@$/, "")}@` : "";
  return `git+${scheme}://${account}${host.toLowerCase()}/${name}`;
}
