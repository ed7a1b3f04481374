import { procedureOf } from "../../subgraphs/one-stop/procedures/catalogue.ts";

/** Every paper of a procedure's posted list. */
export const postedPapers = (procedure: string) =>
  (procedureOf(procedure)?.requiredPapers ?? []).map((code) => ({ code, kind: "ORIGINAL" }));
