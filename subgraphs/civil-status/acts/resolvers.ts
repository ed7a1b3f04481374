import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { BookNumber } from "../books/types.ts";
import { shownDeath } from "../deaths/references.ts";
import { DeathRegistration } from "../deaths/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { shownMarriage } from "../marriages/references.ts";
import { MarriageRegistration } from "../marriages/types.ts";
import { shown } from "../references.ts";
import { BirthRegistration } from "../types.ts";
import { CivilStatusAct } from "./types.ts";

@Resolver(() => CivilStatusAct)
export class CivilStatusActResolver {
  @FieldResolver(() => BookNumber, {
    nullable: true,
    description: "Number in a register book; null for an act without one (số vào sổ).",
  })
  async number(@Root() { id }: CivilStatusAct, @Ctx() ctx: CivilStatusContext): Promise<BookNumber | null> {
    const given = await ctx.loaders.bookNumberByAct.load(id);
    return given && { book: given.book, office: communeOf(given.commune), number: `${given.number}/${given.year}` };
  }

  @FieldResolver(() => [BirthRegistration], { nullable: true, description: "Births that it concerns (khai sinh)." })
  async births(@Root() { id }: CivilStatusAct, @Ctx() ctx: CivilStatusContext): Promise<BirthRegistration[]> {
    const entries = await ctx.loaders.entriesByAct.load(id);
    const births = await Promise.all(entries.map((entry) => ctx.loaders.birthById.load(entry)));
    return births.flatMap((birth) => shown(birth, ctx) ?? []);
  }

  @FieldResolver(() => [MarriageRegistration], { nullable: true, description: "Marriages that it concerns (kết hôn)." })
  async marriages(@Root() { id }: CivilStatusAct, @Ctx() ctx: CivilStatusContext): Promise<MarriageRegistration[]> {
    const entries = await ctx.loaders.entriesByAct.load(id);
    const marriages = await Promise.all(entries.map((entry) => ctx.loaders.marriageById.load(entry)));
    return marriages.flatMap((marriage) => shownMarriage(marriage, ctx) ?? []);
  }

  @FieldResolver(() => [DeathRegistration], { nullable: true, description: "Deaths that it concerns (khai tử)." })
  async deaths(@Root() { id }: CivilStatusAct, @Ctx() ctx: CivilStatusContext): Promise<DeathRegistration[]> {
    const entries = await ctx.loaders.entriesByAct.load(id);
    const deaths = await Promise.all(entries.map((entry) => ctx.loaders.deathById.load(entry)));
    return deaths.flatMap((death) => shownDeath(death, ctx) ?? []);
  }
}
