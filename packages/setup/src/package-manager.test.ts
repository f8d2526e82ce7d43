import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findPackageManager } from "./package-manager.ts";

type Files = Readonly<Record<string, string>>;

function found(files: Files, manifest: object = {}): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-"));
  try {
    for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
    const { install, script, scriptsOff, plugAndPlay } = findPackageManager(root, {
      folder: "",
      manifest: { ...manifest },
    });
    return [install, script, ...(scriptsOff ? [`off by ${scriptsOff}`] : []), ...(plugAndPlay ? ["pnp"] : [])].join(
      ", ",
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

it.each<[wanted: string, files: Files, manifest?: object]>([
  ["npm install, prepare", {}],
  ["npm install, prepare", { "package-lock.json": "{}", ".npmrc": "ignore-scripts=false\n" }],
  ["npm install, prepare, off by .npmrc", { ".npmrc": "registry=x\nignore-scripts = true\n" }],
  ["npm install, prepare, off by .npmrc", { ".npmrc": "ignore-scripts\r\n" }],
  ["npm install, prepare", { ".npmrc": "# ignore-scripts=true\n" }],
  ["pnpm install, prepare", { "pnpm-lock.yaml": "", "pnpm-workspace.yaml": "packages: []\n" }],
  ["pnpm install, prepare", { "pnpm-lock.yaml": "lockfileVersion: 9\n" }],
  [
    "pnpm install, prepare, off by pnpm-workspace.yaml",
    { "pnpm-workspace.yaml": "packages: []\nignoreScripts: true\n" },
  ],
  ["pnpm install, prepare, off by .npmrc", { ".npmrc": "ignore-scripts=true\n" }, { packageManager: "pnpm@10.34.9" }],
  ["bun install, prepare", { "bun.lock": "{}" }],
  [
    "bun install, prepare, off by bunfig.toml",
    { "bun.lock": "{}", "bunfig.toml": "[install]\nignoreScripts = true\n" },
  ],
  ["yarn install, prepare", { "yarn.lock": "# yarn lockfile v1\n" }],
  ["yarn install, prepare", {}, { packageManager: "yarn@1.22.22" }],
  [
    "yarn install, prepare, off by .yarnrc",
    { "yarn.lock": "# yarn lockfile v1\n", ".yarnrc": "--install.ignore-scripts true\n" },
  ],
  ["yarn install, postinstall, pnp", { "yarn.lock": "__metadata:\n  version: 8\n" }],
  ["yarn install, postinstall, pnp", {}, { packageManager: "yarn@4.9.1+sha512.abc" }],
  ["yarn install, postinstall", { ".yarnrc.yml": "nodeLinker: node-modules\n" }],
  [
    "yarn install, postinstall",
    { ".yarnrc.yml": 'nodeLinker: "pnpm"\nenableScripts: false\n' },
    { packageManager: "yarn@4.9.1" },
  ],
  ["yarn install, postinstall, pnp", {}, { devEngines: { packageManager: { name: "yarn", version: "^4.0.0" } } }],
  ["npm install, prepare", { "yarn.lock": "# yarn lockfile v1\n" }, { packageManager: "npm@11.0.0" }],
])("%s", (wanted, files, manifest) => {
  expect(found(files, manifest)).toBe(wanted);
});
