import { readFileSync } from "node:fs";
import { withoutAuthDirectives } from "../../../gateway/supergraph/security-directives.ts";
import { subgraphs } from "../../../subgraphs/agency-registry.ts";
import type { Fixture } from "../data/federation.ts";

const read = (name: string) => readFileSync(new URL(`../../../schema/${name}.graphql`, import.meta.url), "utf8");

/** Our own supergraph as committed, over generated data. Authorization and cost have other tests, so their directives are removed. */
export const ours: Fixture = {
  name: "ours",
  subgraphs: Object.fromEntries(subgraphs.map(({ name }) => [name, read(name)])),
  supergraph: withoutAuthDirectives(read("supergraph")).replaceAll(/(?<!directive )@listSize\([^)]*\)/g, ""),
};
