import { type PersonalId, parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Relation } from "../../_shared/reference/relations.ts";
import { tooManyEntries } from "../../_shared/registers/act-faults.ts";
import type { Problems } from "../acceptance/problems.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import type { NewHeadInput } from "./input.ts";

/** Head of a household from now on, with the relations of the other members who stay. */
export type NewHead = {
  personalId: PersonalId;
  relations: { personalId: PersonalId; relationToHead: Relation }[];
};

const MOST_RELATIONS = 50;

/** Reads who heads the household from now on. Whether they live in it, the register of residence knows. */
export function takeNewHead({ personalId, relations }: NewHeadInput, path: string[], problems: Problems): NewHead {
  const number = (raw: string, at: string[]) =>
    problems.take<PersonalId, string>([...path, ...at], parsePersonalId(raw), STAND_IN.personalId);
  const stated = relations ?? [];
  if (stated.length > MOST_RELATIONS) problems.add([...path, "relations"], tooManyEntries(MOST_RELATIONS));
  return {
    personalId: number(personalId, ["personalId"]),
    relations: stated.slice(0, MOST_RELATIONS).map((each, index) => ({
      personalId: number(each.personalId, ["relations", String(index), "personalId"]),
      relationToHead: each.relationToHead,
    })),
  };
}
