import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { ResidenceContext } from "../loaders.ts";
import { searchedTemporary } from "../rights.ts";
import { Citizen } from "../types.ts";
import { TemporaryResidence } from "./types.ts";

@Resolver(() => Citizen)
export class CitizenTemporaryResolver {
  @RequiresScopes("citizen:read")
  @FieldResolver(() => [TemporaryResidence], {
    nullable: true,
    description: "Temporary residences in force (nơi tạm trú).",
  })
  async temporaryResidences(
    @Root() { id, personalId }: Citizen,
    @Ctx() { loaders, caller, access }: ResidenceContext,
  ): Promise<TemporaryResidence[] | null> {
    const { personsById, personsByPersonalId } = loaders;
    const person = id ? await personsById.load(id) : personalId ? await personsByPersonalId.load(personalId) : null;
    const found = person ? await loaders.temporaryByPerson.load(person.id) : [];
    searchedTemporary(caller, person?.personalId ?? personalId, found[0] ?? null);
    if (person) access.read(person.personalId, person.dossier);
    return found;
  }
}
