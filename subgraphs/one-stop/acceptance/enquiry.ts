import type { OneStopContext } from "../loaders.ts";
import type { Enquiry } from "./application.ts";

export function enquiryOf({ loaders, caller, now: today }: OneStopContext, now = today): Enquiry {
  const { agencies, configuration } = loaders.desk();
  return { agencies, caller, now, licencesOfLines: configuration.licencesOfLines };
}
