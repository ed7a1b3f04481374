import manifest from "../../../package.json" with { type: "json" };

/** Replaced by `.build.mjs`; undefined if the sources run without a build, as in tests. */
declare const MOTCUA_COMMIT: string | undefined;

/** Version and commit of the running program, for `/version` and `/health`. */
export const buildVersion = {
  version: manifest.version,
  commit: typeof MOTCUA_COMMIT === "string" ? MOTCUA_COMMIT : "unknown",
};
