import { parse } from "graphql";
import type { Asked } from "./data/merged.ts";

/** An operation that our executor once answered wrongly, as small as it was found. */
export type OnceWrong = { supergraph: string; text: string; asked: Asked };

function once(supergraph: string, ...texts: string[]): OnceWrong[] {
  return texts.map((text) => ({
    supergraph,
    text,
    asked: { document: parse(text, { noLocation: true }), variables: {} },
  }));
}

/** Each is run over several data. */
export const onceWrong: readonly OnceWrong[] = [
  ...once("sharing", "{ oldest { email id: first { __typename } } }", "{ me { a: fame { rank } fame { born } } }"),
  ...once(
    "requires",
    '{ product(id: "1") { maker { products { price duty } } } }',
    "{ cheapest { seller { ... on Shop { ... on Seller { ... on Person { age } } } } } }",
  ),
  ...once(
    "rewrites",
    "query ($yes: Boolean = true) { visit { patient { ... on Pet { ... on Patient @include(if: $yes) { fee } } } } }",
    "{ patients { ... on Animal { friend { ... on Cat { vet { __typename } } } } } }",
    "{ visit { patient { ... on Owned { owner { pets { since ... on Car { other: since } } } } } } }",
  ),
  ...once(
    "mutations",
    "mutation { clear name: clear }",
    '{ item(id: "1") { shipments { __typename } other: shipments { code } } }',
  ),
  ...once("abstract", "{ book { chapters { __typename ... on Named { ... on Media { similar { __typename } } } } } }"),
  ...once(
    "interface-objects",
    "{ topRated { ... on Film { slug } } }",
    '{ mediaById(id: "1") { related { id ... on Film { __typename } } } }',
    "{ firstBook { ... on Media { ... on Film { minutes } } } }",
  ),
];
