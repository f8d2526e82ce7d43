export { IsomorphicRepository } from "./isomorphic-repository.ts";
export { type IsomorphicOptions, openIsomorphicRepository } from "./open-repository.ts";
