import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { DeathBundleInput } from "./input.ts";

export const DeathBundleResolver = bundleResolver({
  event: "Death",
  kind: bundle,
  input: DeathBundleInput,
  description:
    "Registers a death, strikes off the residence, closes the health-insurance card and asks for the funeral allowance, as the applicant chooses (liên thông khai tử); Decree 63/2024/NĐ-CP.",
});
