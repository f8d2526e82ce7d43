/** What is different on paper. It comes last, so that it has the last word. */
export const PRINT = `
@media print {
  body { font-size: 10.5pt; }
  header { padding-top: 0; }
  .tools, .pages, .skip, summary, noscript { display: none; }
  .scroll { overflow: visible; }
  section { break-inside: avoid; margin-top: 2rem; }
  .landings { break-inside: auto; }
  tr { break-inside: avoid; }
}
`;
