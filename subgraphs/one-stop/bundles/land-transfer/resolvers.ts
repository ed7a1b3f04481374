import { bundleResolver } from "../bundle-resolvers.ts";
import { bundle } from "./bundle.ts";
import { LandTransferBundleInput } from "./input.ts";

export const LandTransferBundleResolver = bundleResolver({
  event: "LandTransfer",
  kind: bundle,
  input: LandTransferBundleInput,
  description:
    "Registers a transfer of land, has its financial obligations stated and paid, and the certificate issued (liên thông chuyển quyền sử dụng đất); Land Law 31/2024/QH15.",
});
