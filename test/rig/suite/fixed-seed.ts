import fc from "fast-check";

// The same histories and texts in every run: what fails, fails again. Another seed looks at others.
fc.configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? 20261123) });
