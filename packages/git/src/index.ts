export { GitRepository } from "./repository/git-repository.ts";
