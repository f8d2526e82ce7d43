export { type OpenOptions, openRepository } from "./open-repository.ts";
