import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { MoveBundleInput } from "./input.ts";

export const MoveBundleResolver = bundleResolver({
  event: "Move",
  kind: bundle,
  input: MoveBundleInput,
  description:
    "Registers the residence of persons who move, then changes the facility of first care and the address of a household business, as the applicant chooses (chuyển nơi ở).",
});
