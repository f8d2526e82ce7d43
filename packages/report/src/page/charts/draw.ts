import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type Html, trusted } from "../html.ts";

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** The colours of the page: the drawing takes up what the style sheet says of light and dark. */
export const INK = {
  text: "var(--text)",
  muted: "var(--muted)",
  line: "var(--line)",
  ai: "var(--ai)",
  rest: "var(--rest)",
  good: "var(--good)",
  bad: "var(--bad)",
} as const;

/** Sizes in pixels of the drawing, which is scaled to the page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draws a chart, by an id that no other has, as SVG that needs no script and no style of its own: the page's policy lets none in. */
export function draw(id: string, { width, height }: Size, option: EChartsCoreOption): Html {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ animation: false, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return trusted(
    svg
      .replace(/<style[\s>][\s\S]*?<\/style>/g, "")
      // Quotes within text and attributes are entities there.
      .replace(/ (?:style|class|ecmeta_\w+|xml:space|xmlns:xlink|version|baseProfile)="[^"]*"/g, "")
      .replace(/^<svg width="\d+" height="\d+"/, '<svg aria-hidden="true" focusable="false"')
      // What it refers to within itself has a number that counts all that was ever drawn.
      .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
      .replace(/\n+/g, ""),
  );
}
