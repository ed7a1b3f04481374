import { projectPath } from "../../../subgraphs/_shared/serving/paths.ts";

export const ACCOUNT = { username: "motcua-test", password: "a password of the tests", unit: "H13" };

/** Variables of a desk that delivers to the stand-in. */
export function portalVariables(url: string): NodeJS.ProcessEnv {
  return {
    NATIONAL_PORTAL_URL: url,
    NATIONAL_PORTAL_USERNAME: ACCOUNT.username,
    NATIONAL_PORTAL_PASSWORD: ACCOUNT.password,
    NATIONAL_PORTAL_UNIT: ACCOUNT.unit,
    NATIONAL_PORTAL_MAPPINGS: projectPath("scripts", "national-portal", "mappings.json"),
    NATIONAL_PORTAL_LONGEST_PAUSE_MS: "200",
  };
}
