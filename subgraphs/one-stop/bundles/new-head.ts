import { type PersonalId, parsePersonalId } from "../../_shared/reference/identifiers/personal-id.ts";
import type { Relation } from "../../_shared/reference/relations.ts";
import type { Problems } from "../acceptance/problems.ts";
import { STAND_IN } from "../acceptance/stand-ins.ts";
import type { NewHeadInput } from "./input.ts";

/** Head of a household from now on, with the relations of the other members who stay. */
export type NewHead = {
  personalId: PersonalId;
  relations: { personalId: PersonalId; relationToHead: Relation }[];
};

/** Reads who heads the household from now on. Whether they live in it, the register of residence knows. */
export function takeNewHead({ personalId, relations }: NewHeadInput, path: string[], problems: Problems): NewHead {
  const number = (raw: string, at: string[]) =>
    problems.take<PersonalId, string>([...path, ...at], parsePersonalId(raw), STAND_IN.personalId);
  return {
    personalId: number(personalId, ["personalId"]),
    relations: (relations ?? []).map((each, index) => ({
      personalId: number(each.personalId, ["relations", String(index), "personalId"]),
      relationToHead: each.relationToHead,
    })),
  };
}
