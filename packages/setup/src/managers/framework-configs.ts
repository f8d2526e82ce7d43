/** What the pre-commit framework, and prek, which reads its file too, are set up by: of hook managers these alone install programs. */
export const FRAMEWORK_CONFIGS = {
  "pre-commit": [".pre-commit-config.yaml"],
  prek: ["prek.toml", ".pre-commit-config.yaml", ".pre-commit-config.yml"],
} as const;
