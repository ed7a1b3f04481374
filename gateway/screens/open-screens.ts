import type { Logger } from "pino";
import type { ScreenFiles } from "../pages/page-layout.ts";
import { type BuiltFiles, openBuiltFiles } from "../static-files/built-files.ts";
import { type ScreenName, screensBuild } from "./build-screens.ts";
import type { SignIn } from "./sign-in-configuration.ts";

/** All files come from the gateway. */
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'";
/** A service worker asks under its own policy. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

/** Files of the pages with scripts. */
export type Screens = {
  files: BuiltFiles;
  policy: string;
  workerPolicy: string;
  /** Undefined in demo mode, which signs in by persona. */
  signIn: SignIn | undefined;
  /** Names of the script and the style sheet of a page; undefined where they could not be built. */
  filesOf(name: ScreenName): Promise<ScreenFiles | undefined>;
};

export function openScreens(log: Logger, signIn: SignIn | undefined): Screens {
  const files = openBuiltFiles(screensBuild, log);
  return {
    files,
    policy: FILE_POLICY,
    workerPolicy: WORKER_POLICY,
    signIn,
    async filesOf(name) {
      const [script, stylesheet] = await Promise.all([files.entry(name, ".js"), files.entry(name, ".css")]);
      return script && stylesheet ? { script, stylesheet } : undefined;
    },
  };
}
