import type { Fixture } from "../data/federation.ts";
import { abstract } from "./abstract.ts";
import { interfaceObjects } from "./interface-objects.ts";
import { keys } from "./keys.ts";
import { mutations } from "./mutations.ts";
import { ours } from "./ours.ts";
import { requires } from "./requires.ts";
import { rewrites } from "./rewrites.ts";
import { shapes } from "./shapes.ts";
import { sharing } from "./sharing.ts";

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
