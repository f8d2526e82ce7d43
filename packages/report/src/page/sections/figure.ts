import { type Html, html } from "../html.ts";

/** A chart with all that it shows in words: the sentence above it, and the table behind it. */
export interface Figure {
  readonly id: string;
  readonly heading: string;
  /** What it comes to. */
  readonly sentence: string;
  readonly chart: (id: string) => Html;
  readonly table: Table;
  /** What the colours mean. */
  readonly legend?: Html;
  readonly note?: string | undefined;
  /** Whether it needs the whole width; where there is less it can be scrolled. */
  readonly isWide?: boolean;
  /** Whether the table says what the chart cannot, and stands beside it. */
  readonly isOpen?: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  /** The first cell names its row; numbers stand to the right. */
  readonly rows: readonly (readonly (string | Html)[])[];
}

export function figure(figure: Figure): Html {
  const { id, heading, sentence, table, legend = html``, note, isOpen = false } = figure;
  const numbers = tableOf(heading, table);
  return html`<section class="figure" aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
<p class="says">${sentence}</p>
${legend}
<div class="${isOpen ? "beside" : "alone"}">${chartOf(figure)}${isOpen ? numbers : html``}</div>
${note === undefined ? html`` : html`<p class="note">${note}</p>`}
${isOpen ? html`` : html`<details><summary>The numbers of “${heading}”</summary>${numbers}</details>`}
</section>
`;
}

/** The drawing says nothing that the sentence and the table do not, so it is not read out. */
function chartOf({ id, heading, chart, isWide }: Figure): Html {
  const drawn = chart(`${id}-chart`);
  if (!isWide) return html`<div class="chart">${drawn}</div>`;
  return html`<div class="chart wide" role="group" tabindex="0" aria-label="${heading}: chart; its numbers follow as a table">${drawn}</div>`;
}

/** A table that can be scrolled, by keyboard too, where it is wider than the screen. */
export function tableOf(caption: string, { columns, rows }: Table): Html {
  const heads = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(([first = "", ...rest]) => {
    const cells = rest.map((cell) => html`<td>${cell}</td>`);
    return html`<tr><th scope="row">${first}</th>${cells}</tr>
`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}: table"><table class="numbers"><caption class="hidden">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}
