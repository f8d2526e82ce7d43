import type { PeriodShare } from "../../overview/sum-up.ts";
import type { Html } from "../html.ts";
import { draw, INK } from "./draw.ts";

const SIZE = { width: 1080, height: 320 };
const SIDES = { left: 50, right: 14 };
/** Where the shares' axis may end, in percent. */
const TOPS = [20, 50, 100];
const AXIS_LABEL = { color: INK.muted, fontSize: 12 };
const SPLIT = { lineStyle: { color: INK.line, width: 1 } };

/** Above the share of AI-assisted landings, and below it how many landings that is a share of. */
export function drawOverTime(id: string, periods: readonly PeriodShare[]): Html {
  const shares = periods.map(({ landings, assisted }) => (landings === 0 ? null : (assisted / landings) * 100));
  const top = TOPS.find((most) => shares.every((share) => (share ?? 0) <= most)) ?? 100;
  const names = periods.map(({ name }) => name);
  const bars = {
    type: "bar",
    stack: "landings",
    xAxisIndex: 1,
    yAxisIndex: 1,
    silent: true,
    barMaxWidth: 22,
    barCategoryGap: "28%",
  };
  const category = {
    type: "category",
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: INK.line } },
  };
  return draw(id, SIZE, {
    grid: [
      { ...SIDES, top: 14, height: 150 },
      { ...SIDES, top: 192, height: 96 },
    ],
    xAxis: [
      { ...category, gridIndex: 0, axisLabel: { show: false } },
      { ...category, gridIndex: 1, axisLabel: { ...AXIS_LABEL, hideOverlap: true, margin: 12 } },
    ],
    yAxis: [
      {
        gridIndex: 0,
        type: "value",
        min: 0,
        max: top,
        interval: top / 2,
        axisLabel: { ...AXIS_LABEL, formatter: "{value}%" },
        splitLine: SPLIT,
      },
      { gridIndex: 1, type: "value", minInterval: 1, splitNumber: 2, axisLabel: AXIS_LABEL, splitLine: SPLIT },
    ],
    series: [
      {
        type: "line",
        silent: true,
        smooth: 0.25,
        smoothMonotone: "x",
        symbol: "circle",
        symbolSize: periods.length > 24 ? 0 : 6,
        data: shares,
        connectNulls: true,
        lineStyle: { color: INK.ai, width: 2.5 },
        itemStyle: { color: INK.ai },
        areaStyle: { color: INK.ai, opacity: 0.12 },
      },
      { ...bars, data: periods.map(({ assisted }) => assisted), itemStyle: { color: INK.ai } },
      { ...bars, data: periods.map(({ landings, assisted }) => landings - assisted), itemStyle: { color: INK.rest } },
    ],
  });
}
