import { editorInstallers } from "./editor-installers.ts";
import type { Installer } from "./installer.ts";
import { terminalInstallers } from "./terminal-installers.ts";

/** Every agent whose hooks a project can set up. To teach countersign one more, add a record and look at its golden. */
export const installers: readonly Installer[] = [...terminalInstallers, ...editorInstallers];
