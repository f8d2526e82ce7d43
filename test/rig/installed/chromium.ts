import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { installDebianPackages } from "./debian-packages.ts";

/** Where Debian's package, and those of others, put the browser. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Without these it asks its maker's hosts for this and that at every start. */
const SILENT = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/**
 * Starts a headless Chromium. npm has none that every machine could run: where there is none, root gets Debian's package,
 * and anyone else reads what is missing. A test that cannot have it fails, since one that passes over it would prove nothing.
 */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium() ?? installChromium();
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...SILENT] });
}

function findChromium(): string | undefined {
  return [process.env["CHROMIUM"] ?? "", ...PLACES].find((path) => path !== "" && existsSync(path));
}

function installChromium(): string {
  installDebianPackages("chromium");
  const path = findChromium();
  if (path === undefined) {
    throw new Error("these tests need Chromium: `apt-get install chromium`, or name one in the variable CHROMIUM");
  }
  return path;
}
