export { openIsomorphicRepository } from "./open-repository.ts";
