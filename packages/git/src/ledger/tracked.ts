import { listSettings } from "../config.ts";
import type { GitContext } from "../process/context.ts";

/** Whether git's own fetch of a remote brings a ref: some refspec takes it, and none that begins with `^` leaves it out. */
export async function isTracked(context: GitContext, remote: string, ref: string): Promise<boolean> {
  const name = remote.replace(/[^\w-]/g, "\\$&");
  const settings = await listSettings(context, `^remote\\.${name}\\.fetch$`);
  const refspecs = settings.map(([, value = ""]) => value.replace(/^\+/, ""));
  const takes = refspecs.some((refspec) => !refspec.startsWith("^") && isSource(refspec.split(":")[0] ?? "", ref));
  return takes && !refspecs.some((refspec) => refspec.startsWith("^") && isSource(refspec.slice(1), ref));
}

/** A `*` stands for any part of a name. */
function isSource(source: string, ref: string): boolean {
  const [start = "", end] = source.split("*");
  if (end === undefined) return source === ref;
  return ref.length >= start.length + end.length && ref.startsWith(start) && ref.endsWith(end);
}
