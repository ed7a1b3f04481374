import { BIRTH_DECLARANTS, type BirthDeclarant } from "../reference/birth-declarants.ts";
import { RELATION_MEANINGS } from "../reference/relation-meanings.ts";
import { RELATIONS, type Relation } from "../reference/relations.ts";
import { type Described, describedEnum } from "../serving/described-enum.ts";

/** Code lists that several agencies declare in the graph. Composition requires the same values of each. */
export const SexEnum = describedEnum("Sex", "Sex as registered (giới tính).", {
  MALE: "Male (nam).",
  FEMALE: "Female (nữ).",
});

export const RelationToHeadEnum = describedEnum(
  "RelationToHead",
  "Relation to the head of the household (quan hệ với chủ hộ); form CT01, Circular 66/2023/TT-BCA.",
  describedRelations(RELATIONS),
);

export type DeclarantRelation = Relation | BirthDeclarant;

/** Includes relations that may not declare a birth, so that choosing one is reported as a problem with its path. */
export const DeclarantRelationEnum = describedEnum<DeclarantRelation>(
  "DeclarantRelation",
  "Relation of a person who declares to the person concerned (quan hệ của người khai); `relations(use: BIRTH_DECLARANT)` lists who may declare a birth.",
  describedRelations({ ...RELATIONS, ...BIRTH_DECLARANTS }),
);

function describedRelations<Name extends DeclarantRelation>(terms: Readonly<Record<Name, string>>): Described<Name> {
  const names = Object.keys(terms) as Name[]; // the keys of a record are exactly its key type
  const described = names.map((name) => [name, `${RELATION_MEANINGS[name]} (${terms[name].toLowerCase()}).`]);
  return Object.fromEntries(described) as Described<Name>;
}
