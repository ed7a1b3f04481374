import type * as z from "zod";
import { list } from "../subgraphs/_shared/serving/environment.ts";
import { variableName } from "./subgraph-names.ts";
import { itemsOf, readBySubgraph, variablesBySubgraph } from "./subgraph-settings.ts";

/**
 * Part of a subgraph's error that clients receive although its code is none of the contract: the code alone, the whole error,
 * or nothing.
 */
export type PassedErrors = (subgraphName: unknown, code: unknown) => "code" | "whole" | undefined;

export const NO_PASSED_ERRORS: PassedErrors = () => undefined;

const CODES = "ERROR_CODES";
const MESSAGES = "ERROR_MESSAGES";
/** Stands for every code but that of faults, which must be named. */
const EVERY = "*";
const FAULT = "INTERNAL_SERVER_ERROR";
/** Codes of masked errors, and of @apollo/gateway for an error without a code; no subgraph's error carries them to clients. */
const MASKED: ReadonlySet<unknown> = new Set(["INTERNAL", "DOWNSTREAM_SERVICE_ERROR"]);
const CODE = /^[\w.:-]{1,100}$/;

const codes = list.transform((given, context) => {
  for (const code of given) {
    const fault = MASKED.has(code) ? "is the code of masked errors" : "must be a code such as OUT_OF_STOCK, or *";
    if (MASKED.has(code) || !(code === EVERY || CODE.test(code))) {
      context.addIssue({ code: "custom", message: `${code.slice(0, 100)} ${fault}` });
    }
  }
  return given;
});

export function passedErrorVariables(environment: NodeJS.ProcessEnv): Record<string, z.ZodType> {
  return {
    ...variablesBySubgraph(CODES, codes, environment),
    ...variablesBySubgraph(MESSAGES, codes, environment),
  };
}

export function passedErrors(environment: NodeJS.ProcessEnv, read: Readonly<Record<string, unknown>>): PassedErrors {
  const byCode = readBySubgraph<readonly string[]>(CODES, environment, read);
  const byMessage = readBySubgraph<readonly string[]>(MESSAGES, environment, read);
  const known = new Map<string, { code: ReadonlySet<string>; whole: ReadonlySet<string> }>();

  function rulesOf(subgraphName: string) {
    const variable = variableName(subgraphName);
    let rules = known.get(variable);
    if (!rules) {
      rules = { code: new Set(itemsOf(byCode, subgraphName)), whole: new Set(itemsOf(byMessage, subgraphName)) };
      known.set(variable, rules);
    }
    return rules;
  }

  return (subgraphName, code) => {
    if (typeof subgraphName !== "string" || typeof code !== "string" || MASKED.has(code) || !CODE.test(code)) {
      return undefined;
    }
    const { code: named, whole } = rulesOf(subgraphName);
    const isIn = (list: ReadonlySet<string>) => list.has(code) || (list.has(EVERY) && code !== FAULT);
    if (isIn(whole)) return "whole";
    return isIn(named) ? "code" : undefined;
  };
}
