import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { communeOf } from "../../_shared/registers/commune-type.ts";
import { commonFacts } from "../acceptance/common-facts.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { DeliveryChoice } from "./types.ts";

@Resolver(() => Dossier)
export class DeliveryChoiceResolver {
  @FieldResolver(() => DeliveryChoice, {
    description:
      "How the applicant wants to receive the results: electronically, at the desk or by post (hình thức nhận kết quả đã chọn).",
  })
  async handover(
    @Root() { id, code, applicantPersonalId }: DossierRow,
    @Ctx() ctx: OneStopContext,
  ): Promise<DeliveryChoice> {
    const { method, paperCopies, address } = commonFacts(await ctx.loaders.requestByDossier.load(id)).handover;
    ctx.access.read(applicantPersonalId ?? code, code);
    return { method, paperCopies, address: address ? { ...address, commune: communeOf(address.commune) } : null };
  }
}
