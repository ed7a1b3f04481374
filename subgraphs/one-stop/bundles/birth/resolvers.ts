import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { BirthBundleInput } from "./input.ts";
import { BirthBundleCheck, BirthBundleSubmission } from "./types.ts";

export const BirthBundleResolver = bundleResolver({
  event: "Birth",
  kind: bundle,
  input: BirthBundleInput,
  results: { check: BirthBundleCheck, submission: BirthBundleSubmission },
  description:
    "Registers a birth, residence and health-insurance card with one request (liên thông 3 trong 1); Decree 63/2024/NĐ-CP.",
});
