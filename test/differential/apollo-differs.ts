import { parse } from "graphql";
import type { Difference } from "./comparison.ts";
import type { Mood } from "./data/moods.ts";
import type { Round } from "./round.ts";

/** An operation that @apollo/gateway answers otherwise than the merged schema does, and we do not. */
export type ApolloDiffers = { supergraph: string; where: string; in: Difference["in"]; round: Round };

type Case = {
  where: string;
  query: string;
  spoiled?: Record<string, Record<string, "wrong" | "missing">>;
  in?: "nothing" | "plan";
  salt?: string;
};

function cases(supergraph: string, all: readonly Case[]): ApolloDiffers[] {
  return all.map(
    ({ where, query, spoiled = {}, in: difference = "data" as const, salt = "record" }): ApolloDiffers => ({
      supergraph,
      where,
      in: difference,
      round: {
        asked: { document: parse(query, { noLocation: true }), variables: {} },
        salt,
        noise: { nulls: 0, errors: 0 },
        moods: new Map(Object.entries(spoiled).map(([name, faults]) => [name, spoiledBy(faults)])),
      },
    }),
  );
}

function spoiledBy(faults: Record<string, "wrong" | "missing">): Mood {
  return { kind: "spoiled", fault: (name) => faults[name] };
}

/**
 * Where @apollo/gateway 2.14.4 differs from the truth: what random operations found, made small. With all subgraphs well, one
 * random operation in thirty differs; with a faulty one, one in eight, since a value of a wrong type costs the whole answer.
 */
export const apolloDiffers: readonly ApolloDiffers[] = [
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
      spoiled: { authors: { stats: "wrong" } },
    },
  ]),
  ...cases("requires", [
    { where: "arguments differ from those that a @requires demands", query: '{ product(id: "1") { price duty } }' },
    {
      where: "part of what a @requires demands is missing: null is sent in its place",
      query: "{ cheapest { box { volume } } }",
      spoiled: { products: { width: "missing" } },
    },
    {
      where: "a subgraph sends no list for a list on the way to another: it throws",
      query: "{ products { fragile } }",
      spoiled: { products: { products: "wrong" } },
      in: "nothing",
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
