import { dependencyPath, type HookCall, markArguments } from "./hook-command.ts";

/**
 * The line of `shellCommand` for Windows, where it is not known whether cmd or PowerShell reads it: both start `cmd /c "…"`
 * alike, as long as nothing in it means something to one of them.
 */
export function windowsCommand({ agent, launcher }: HookCall): string {
  const mark = markArguments(agent);
  if (launcher === "path") return `cmd /c "where /q countersign && countersign ${mark} || exit 0"`;
  const path = `${dependencyPath(launcher)}.cmd`;
  const program = path.replaceAll("/", "\\");
  return `cmd /c "if exist ${program} (${program} ${mark} || exit 0) else node -e ${markElsewhere(mark, path)} || exit 0"`;
}

/**
 * A script that looks where that of the POSIX line does, without a blank, a quote that is not single, or any character that
 * cmd, PowerShell or an agent would replace. It has a shell start what it finds, which node does with no command file.
 */
function markElsewhere(mark: string, path: string): string {
  const args = mark.split(" ").map((word) => `'${word}'`);
  return [
    "c=require('child_process')",
    "s=String.fromCharCode",
    "t=String(c.spawnSync('git',['worktree','list','--porcelain']).stdout).split(s(10))",
    "w=t.filter(function(l){return(l.startsWith('worktree'))})",
    `f=w.map(function(l){return(l.slice(9)+'/${path}')}).find(require('fs').existsSync)`,
    `c.spawnSync([s(34)+[f,'countersign'].find(Boolean)+s(34),${args.join(",")}].join(s(32)),{shell:true,stdio:'inherit'})`,
  ].join(",");
}
