/** The version of the package that this program comes in. */
export const VERSION = "0.1.0";
