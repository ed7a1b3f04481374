import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { BusinessStartBundleInput } from "./input.ts";

export const BusinessStartBundleResolver = bundleResolver({
  event: "BusinessStart",
  kind: bundle,
  input: BusinessStartBundleInput,
  description:
    "Registers a household business or an enterprise, its unit of social insurance and asks for the licences of its lines of business (khởi sự kinh doanh); Decree 168/2025/NĐ-CP.",
});
