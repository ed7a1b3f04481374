import { parse } from "graphql";
import type { Difference } from "./answer-difference.ts";
import type { FaultMode } from "./data/fault-modes.ts";
import type { Round } from "./rounds.ts";

/** Operation for which @apollo/gateway differs from the merged schema, and our executor does not. */
export type ApolloDifference = { supergraph: string; where: string; in: Difference["in"]; round: Round };

type Case = {
  where: string;
  query: string;
  corrupted?: Record<string, Record<string, "wrong" | "missing">>;
  in?: "no-answer" | "plan";
  salt?: string;
};

function cases(supergraph: string, all: readonly Case[]): ApolloDifference[] {
  return all.map(
    ({ where, query, corrupted = {}, in: difference = "data" as const, salt = "record" }): ApolloDifference => ({
      supergraph,
      where,
      in: difference,
      round: {
        request: { document: parse(query, { noLocation: true }), variables: {} },
        salt,
        noise: { nulls: 0, errors: 0 },
        faultModes: new Map(Object.entries(corrupted).map(([name, faults]) => [name, corruptedBy(faults)])),
      },
    }),
  );
}

function corruptedBy(faults: Record<string, "wrong" | "missing">): FaultMode {
  return { kind: "corrupted", fault: (name) => faults[name] };
}

/**
 * Differences of @apollo/gateway 2.14.4 from the merged schema, found by random operations and minimised. Without faults, one
 * random operation in thirty differs; with a faulty subgraph one in eight, since one value of a wrong type nulls all data.
 */
export const apolloDifferences: readonly ApolloDifference[] = [
  ...cases("sharing", [
    { where: "an alias is the name of a key", query: "{ oldest { email id: first { title } } }" },
    {
      where: "a fragment is wider than the type around it",
      query: "{ ranking { ... on Tagged { ... on Post { title } } } }",
    },
    {
      where: "fragments on one type stand apart: their fields come together",
      query: "{ posts { ... on Tagged { a: tags } id ... on Tagged { b: tags } } }",
    },
    {
      where: "a subgraph sends no object for an object: the whole answer is null",
      query: "{ archived { year stats { likes } } }",
      corrupted: { authors: { stats: "wrong" } },
    },
  ]),
  ...cases("requires", [
    { where: "arguments differ from those that a @requires demands", query: '{ product(id: "1") { price duty } }' },
    {
      where: "part of what a @requires demands is missing: null is sent in its place",
      query: "{ cheapest { box { volume } } }",
      corrupted: { products: { width: "missing" } },
    },
    {
      where: "a subgraph sends no list for a list on the way to another: it throws",
      query: "{ products { fragile } }",
      corrupted: { products: { products: "wrong" } },
      in: "no-answer",
    },
  ]),
  ...cases("interface-objects", [
    {
      where: "a subgraph that knows only the interface answers after the one that knows the type",
      query: "{ topRated { ... on Book { rank } ... on Film { rank } ... on Album { rank } } }",
      salt: "r5",
    },
  ]),
  ...cases("rewrites", [
    {
      where: "types differ below a condition: the subgraph must refuse the query",
      query: "query ($yes: Boolean = true) { patients { ... on Pet { ... on Patient @include(if: $yes) { fee } } } }",
      in: "plan",
    },
  ]),
];
