import manifest from "../../../package.json" with { type: "json" };

/** Replaced by `.build.mjs`; not defined where the sources run without a build, as in the tests. */
declare const MOTCUA_COMMIT: string | undefined;

/** Version and commit of the running program, as `/version` and `/health` tell them. */
export const buildVersion = {
  version: manifest.version,
  commit: typeof MOTCUA_COMMIT === "string" ? MOTCUA_COMMIT : "unknown",
};
