/** The groups of files that reach each other by imports, each sorted; a file that imports itself is one too. */
export function findCircles(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const found = new Set<string>();
  const reach = new Map([...imports.keys()].map((path) => [path, reachable(imports, path)]));
  for (const [path, reached] of reach) {
    if (found.has(path) || !reached.has(path)) continue;
    const circle = [...reached].filter((other) => reach.get(other)?.has(path)).sort();
    for (const member of circle) found.add(member);
    circles.push(circle);
  }
  return circles;
}

function reachable(imports: ReadonlyMap<string, readonly string[]>, from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(imports.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    open.push(...(imports.get(path) ?? []));
  }
  return reached;
}
