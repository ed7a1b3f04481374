import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { MarriageBundleInput } from "./input.ts";

export const MarriageBundleResolver = bundleResolver({
  event: "Marriage",
  kind: bundle,
  input: MarriageBundleInput,
  description:
    "Has the marital status of both confirmed where each lives, registers the marriage and changes the household if it is asked for (đăng ký kết hôn, nhập hộ); Law on Civil Status 60/2014/QH13, art. 17 and 18.",
});
