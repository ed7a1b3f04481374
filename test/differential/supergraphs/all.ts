import type { Fixture } from "../data/federation.ts";
import { abstract } from "./abstract-supergraph.ts";
import { interfaceObjects } from "./interface-objects-supergraph.ts";
import { keys } from "./keys-supergraph.ts";
import { mutations } from "./mutations-supergraph.ts";
import { ours } from "./ours-supergraph.ts";
import { requires } from "./requires-supergraph.ts";
import { rewrites } from "./rewrites-supergraph.ts";
import { shapes } from "./shapes-supergraph.ts";
import { sharing } from "./sharing-supergraph.ts";

/** The supergraphs under test: ours, and one for each feature that is hard to get right. */
export const fixtures: readonly Fixture[] = [
  ours,
  abstract,
  interfaceObjects,
  requires,
  keys,
  sharing,
  shapes,
  mutations,
  rewrites,
];
