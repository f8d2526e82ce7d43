import { escapeText } from "../../text/escape.ts";
import type { Html } from "../html.ts";
import { draw, INK } from "./draw.ts";

/** A bar: a whole, and the part of it that it is about. */
export interface Bar {
  readonly name: string;
  readonly part: number;
  /** Not less than the part; the part itself where there is nothing else to show. */
  readonly whole: number;
  /** What stands behind it. */
  readonly label: string;
}

export interface BarColors {
  readonly part: string;
  readonly rest: string;
}

const WIDTH = 520;
const NAMES = 146;
const LABELS = 136;
const ROW = 30;

/** Bars from left to right, the first on top. */
export function drawBars(id: string, bars: readonly Bar[], colors: BarColors = { part: INK.ai, rest: INK.rest }): Html {
  const series = { type: "bar", stack: "one", silent: true, barWidth: 14, emphasis: { disabled: true } };
  return draw(
    id,
    { width: WIDTH, height: bars.length * ROW + 4 },
    {
      grid: { left: NAMES, right: LABELS, top: 2, bottom: 2 },
      xAxis: { type: "value", show: false, max: Math.max(1, ...bars.map(({ whole }) => whole)) },
      yAxis: {
        type: "category",
        inverse: true,
        data: bars.map(({ name }) => escapeText(name, 20)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { align: "left", margin: NAMES, interval: 0, color: INK.text, fontSize: 13 },
      },
      series: [
        { ...series, data: bars.map(({ part }) => part), itemStyle: { color: colors.part } },
        {
          ...series,
          data: bars.map(({ part, whole }) => whole - part),
          itemStyle: { color: colors.rest },
          label: {
            show: true,
            position: "right",
            distance: 8,
            color: INK.muted,
            fontSize: 13,
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => bars[dataIndex]?.label ?? "",
          },
        },
      ],
    },
  );
}
