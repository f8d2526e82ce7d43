/**
 * Variables for every git we start. Replacement refs, grafts and shallow boundaries would show other history than
 * the commits name; a lazy fetch would reach for the network inside a hook; a translated message cannot be quoted.
 */
const FIXED: Readonly<Record<string, string>> = {
  GIT_NO_REPLACE_OBJECTS: "1",
  // `--no-replace-objects` does not switch off grafts; an empty graft file does.
  GIT_GRAFT_FILE: "/dev/null",
  // Empty means "not shallow": git then fails at a missing parent instead of taking the commit for a root.
  GIT_SHALLOW_FILE: "",
  GIT_NO_LAZY_FETCH: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_LITERAL_PATHSPECS: "1",
  // Switched off by name: unset, the configuration could switch it on.
  GIT_TRACE2: "0",
  GIT_TRACE2_EVENT: "0",
  GIT_TRACE2_PERF: "0",
  // Written by the block. By itself git flushes each line into a pipe, and a long history comes in a million pieces.
  GIT_FLUSH: "0",
  LC_ALL: "C",
};

/** What `git rev-parse --local-env-vars` lists: the variables that say which repository is meant, and how. */
const LOCAL =
  /^GIT_(?:ALTERNATE_OBJECT_DIRECTORIES|CONFIG|CONFIG_PARAMETERS|CONFIG_COUNT|OBJECT_DIRECTORY|DIR|WORK_TREE|IMPLICIT_WORK_TREE|GRAFT_FILE|INDEX_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|PREFIX|SHALLOW_FILE|COMMON_DIR|INTERNAL_SUPER_PREFIX)$/;

/** The environment for a repository that was named by its path: a hook's variables would lead back to the hook's own. */
export function withoutRepository(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !LOCAL.test(name)));
}

const DROPPED =
  /^GIT_(?:TRACE|REDIRECT_|REPLACE_REF_BASE$|EXTERNAL_DIFF$|DIFF_OPTS$|ICASE_PATHSPECS$|GLOB_PATHSPECS$|NOGLOB_PATHSPECS$)/;

/**
 * The environment for git inside the repository that our own process was started for. What a hook was given to find
 * its repository (`GIT_DIR`, the quarantine's object directories) is kept: without it a pushed commit cannot be read.
 */
export function gitEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(own)) if (!DROPPED.test(name)) environment[name] = value;
  return { ...environment, ...FIXED };
}
