/** The colours, by day and by night. Text stands out from what is behind it by 4.5 to 1 at the least. */
export const COLORS = `
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --card: #ffffff; --text: #1b1f24; --muted: #5a626d; --line: #e3e5e8;
  --ai: #4453c9; --rest: #ccd1d9; --good: #1f7a4d; --bad: #b42318; --soft: #b8860b; --wash: #f1f2f4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131519; --card: #1a1d22; --text: #e7e9ec; --muted: #a0a8b3; --line: #2c3138;
    --ai: #93a0ff; --rest: #444b56; --good: #5cc68d; --bad: #ff8a7d; --soft: #e3b341; --wash: #22262c;
  }
}
@media print {
  :root {
    --ground: #fff; --card: #fff; --text: #000; --muted: #444; --line: #ccc;
    --ai: #4453c9; --rest: #ccd1d9; --good: #1f7a4d; --bad: #b42318; --soft: #b8860b; --wash: #fff;
  }
}
`;
