import type { Facts } from "../../definitions/dossier-kind.ts";
import { payableOf } from "../../payments/payable.ts";
import type { LandTransferRequest } from "./land-transfer-request.ts";

/** Content of each step: the share of the request that the land registry needs, with what it has stated before. */
export function contentFor(stepKey: string, request: LandTransferRequest, facts: Facts): Record<string, unknown> {
  const { declarant, contract, land, from, to } = request;
  switch (stepKey) {
    case "REGISTRATION":
      return { declarant, contract, land, from, to };
    case "SETTLEMENT":
      return { land, payable: payableOf(facts), payment: facts.payment ? JSON.parse(facts.payment) : null };
    default:
      return { contract, land, from, to };
  }
}
