import type { Agent } from "./agent.ts";

/** Bots that review. Their co-author line says that a person accepted a suggestion, often of one line. */
export const reviewBots: readonly Agent[] = [
  {
    id: "coderabbit",
    name: "CodeRabbit",
    vendor: "CodeRabbit",
    class: "suggestion",
    bots: [{ id: 136622811, login: "coderabbitai[bot]" }],
    names: ["CodeRabbit AI", "coderabbitai"],
  },
  {
    id: "ellipsis",
    name: "Ellipsis",
    vendor: "Ellipsis",
    class: "suggestion",
    bots: [{ id: 65095814, login: "ellipsis-dev[bot]" }],
    commonNames: ["Ellipsis"],
  },
  {
    id: "greptile",
    name: "Greptile",
    vendor: "Greptile",
    class: "suggestion",
    bots: [{ id: 165735046, login: "greptile-apps[bot]" }],
  },
  {
    id: "cubic",
    name: "cubic",
    vendor: "cubic",
    class: "suggestion",
    bots: [{ id: 191113872, login: "cubic-dev-ai[bot]" }],
    commonNames: ["cubic"],
  },
  {
    id: "graphite",
    name: "Graphite",
    vendor: "Graphite",
    class: "suggestion",
    bots: [{ login: "graphite-app[bot]" }],
    commonNames: ["Graphite"],
  },
  {
    id: "baz",
    name: "Baz",
    vendor: "Baz",
    class: "suggestion",
    bots: [{ login: "baz-reviewer[bot]" }],
    commonNames: ["Baz"],
  },
  {
    id: "macroscope",
    name: "Macroscope",
    vendor: "Macroscope",
    class: "suggestion",
    bots: [{ login: "macroscopeapp[bot]" }],
    commonNames: ["Macroscope"],
  },
];
