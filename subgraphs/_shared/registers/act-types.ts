import { Field, ID, ObjectType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../serving/scalars.ts";
import type { ActRow } from "./acts-table.ts";
import { Problem } from "./problem-type.ts";

/** Vietnamese terms of an agency for the id and the kind of an act. */
type ActTerms = { id: string; kind: string };

/** Makes the fields of an act, which each agency declares as a type of its own with its own kinds. */
export function actFields<Kind extends string>(kinds: Record<Kind, Kind>, terms: ActTerms) {
  @ObjectType()
  abstract class Act {
    @Field(() => ID, { description: `Id of the act (${terms.id}).` })
    id!: ActRow<Kind>["id"];
    @Field(() => kinds, { description: `Kind (${terms.kind}).` })
    kind!: ActRow<Kind>["kind"];
    @Field(() => DateScalar, { description: "Day from which it has effect (ngày có hiệu lực)." })
    effectiveOn!: ActRow<Kind>["effectiveOn"];
    @Field(() => DateTimeScalar, { description: "Time of its entry (thời điểm ghi)." })
    recordedAt!: ActRow<Kind>["recordedAt"];
    @Field(() => String, { description: "Id of the officer: the subject of the token (cán bộ thực hiện)." })
    recordedBy!: string;
    @Field(() => String, { description: "Document or dossier on which it rests (căn cứ)." })
    ground!: ActRow<Kind>["ground"];
  }
  return Act;
}

/** Makes the fields of the result of an act. */
export function actResultFields<Act extends object>(act: new () => Act, term: string) {
  @ObjectType()
  abstract class ActResult {
    @Field(() => act, { nullable: true, description: `The act; null exactly if there are problems (${term}).` })
    act!: Act | null;
    @Field(() => [Problem], { description: "All problems (các vướng mắc)." })
    problems!: Problem[];
  }
  return ActResult;
}
