import type { Facts } from "../../definitions/dossier-kind.ts";
import type { BusinessStartRequest } from "./business-start-request.ts";

/** Content of each step: the share of the request that its agency needs. */
export function contentFor(stepKey: string, request: BusinessStartRequest, facts: Facts): Record<string, unknown> {
  const { declarant, business, socialInsurance } = request;
  const { code, name, foreignName, shortName, address, lines, capitalVnd, people } = business;
  const registered = { code: facts.code ?? null, name, address };
  switch (stepKey) {
    case "REGISTRATION":
      return {
        ...{ declarant, code: code ?? "", name, foreignName, shortName, address },
        ...{ sectors: lines, capital: capitalVnd, people },
      };
    case "SOCIAL_INSURANCE":
      return { declarant, ...registered, people, socialInsurance };
    default:
      return { declarant, ...registered, activity: lines };
  }
}

const NAMES: Readonly<Record<string, string>> = { sectors: "lines", capital: "capitalVnd" };

/** Path into the client's input for a path into the content of the registration. */
export function pathOf([first = "", ...rest]: readonly string[]): string[] {
  return first === "declarant" ? [first, ...rest] : ["business", NAMES[first] ?? first, ...rest];
}
