import { parse } from "graphql";
import type { OperationRequest } from "./data/merged-schema.ts";

/** Operation to which our executor once gave a wrong response, minimised. */
export type Regression = { supergraph: string; text: string; request: OperationRequest };

function regressionsOf(supergraph: string, ...texts: string[]): Regression[] {
  return texts.map((text) => ({
    supergraph,
    text,
    request: { document: parse(text, { noLocation: true }), variables: {} },
  }));
}

/** Operations of earlier failures; the test runs each over several data sets. */
export const regressions: readonly Regression[] = [
  ...regressionsOf(
    "sharing",
    "{ oldest { email id: first { __typename } } }",
    "{ me { a: fame { rank } fame { born } } }",
  ),
  ...regressionsOf(
    "requires",
    '{ product(id: "1") { maker { products { price duty } } } }',
    "{ cheapest { seller { ... on Shop { ... on Seller { ... on Person { age } } } } } }",
  ),
  ...regressionsOf(
    "rewrites",
    "query ($yes: Boolean = true) { visit { patient { ... on Pet { ... on Patient @include(if: $yes) { fee } } } } }",
    "{ patients { ... on Animal { friend { ... on Cat { vet { __typename } } } } } }",
    "{ visit { patient { ... on Owned { owner { pets { since ... on Car { other: since } } } } } } }",
  ),
  ...regressionsOf(
    "mutations",
    "mutation { clear name: clear }",
    '{ item(id: "1") { shipments { __typename } other: shipments { code } } }',
  ),
  ...regressionsOf(
    "abstract",
    "{ book { chapters { __typename ... on Named { ... on Media { similar { __typename } } } } } }",
  ),
  ...regressionsOf(
    "interface-objects",
    "{ topRated { ... on Film { slug } } }",
    '{ mediaById(id: "1") { related { id ... on Film { __typename } } } }',
    "{ firstBook { ... on Media { ... on Film { minutes } } } }",
  ),
];
