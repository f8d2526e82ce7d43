/** What \`countersign cosign --print\` printed of records, as a person copies it. */
export function recordsIn(screen: string): string {
  const found = screen.replaceAll("\r", "").match(/^```\n[\s\S]*?^```$/gm) ?? [];
  if (found.length === 0) throw new Error(`no record was printed: ${screen}`);
  return found.join("\n");
}
