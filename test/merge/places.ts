type Pair = readonly [before: Buffer, after: Buffer];

/** Whether in one change each line comes and goes at most as often as in another one, under the same lines. */
export function isWithin(landed: Pair, approved: Pair): boolean {
  const allowed = growth(approved);
  return [...growth(landed)].every(([place, count]) => {
    const most = allowed.get(place) ?? 0;
    return count >= Math.min(0, most) && count <= Math.max(0, most);
  });
}

/** Each line that is not blank with the lines that it stands under, counted, in the plainest way. */
function countPlaces(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const lines = text.split(/(?<=\n)/);
  const indentOf = (line: string) => line.search(/[^ ]/);
  const isBlank = (line: string | undefined) => line === undefined || line.trim() === "";
  for (const [at, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const under: string[] = [];
    let indent = indentOf(line);
    for (const above of lines.slice(0, at).reverse()) {
      if (isBlank(above) || indentOf(above) >= indent) continue;
      under.push(above);
      indent = indentOf(above);
    }
    let first = at;
    while (!isBlank(lines[first - 1])) first -= 1;
    const place = JSON.stringify([under.length > 0 ? under : [lines[first]], line]);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

/** For each place how often more it is there after a change. */
function growth([before, after]: Pair): Map<string, number> {
  const counts = countPlaces(after.toString());
  for (const [place, count] of countPlaces(before.toString())) counts.set(place, (counts.get(place) ?? 0) - count);
  return counts;
}
