import { Arg, Directive, ID, Int, Query, Resolver } from "type-graphql";
import { BIRTH_DECLARANTS } from "../../_shared/reference/birth-declarants.ts";
import { searchCommunes } from "../../_shared/reference/commune-search.ts";
import type { Commune } from "../../_shared/reference/communes.ts";
import { allEthnicGroups } from "../../_shared/reference/ethnic-groups.ts";
import { formerCommunesOf } from "../../_shared/reference/former-communes.ts";
import { allNationalities } from "../../_shared/reference/nationalities.ts";
import { allProvinces, province } from "../../_shared/reference/provinces.ts";
import { RELATIONS } from "../../_shared/reference/relations.ts";
import { agencyOf } from "../../_shared/registers/agency-type.ts";
import { pageSize } from "../../_shared/registers/pages.ts";
import { allPapers } from "../procedures/papers.ts";
import { allProblemCodes } from "./problem-codes.ts";
import {
  EthnicGroup,
  ListedCommune,
  ListedNationality,
  ListedPaper,
  ListedRelation,
  ProblemCode,
  Province,
  RelationUse,
} from "./types.ts";

const relationsFor: Record<RelationUse, Record<string, string>> = {
  HOUSEHOLD: RELATIONS,
  BIRTH_DECLARANT: BIRTH_DECLARANTS,
};

function listed({ code, name, province: placed }: Commune): ListedCommune {
  const formerCommunes = formerCommunesOf(code).map(({ successor: _, ...former }) => former);
  return { code, name, province: { code: placed, name: province(placed)?.fullName ?? placed }, formerCommunes };
}

/** Public lists that fill a form. They change with the release, so that a client may keep them for a day. */
@Resolver()
export class LookupResolver {
  @Directive('@listSize(slicingArguments: ["first"])')
  @Query(() => [ListedCommune], {
    description:
      "Communes that a typed text may mean, best first: by code, name, province, or by a name or code of before 2025-07-01; without diacritics as well (tra cứu đơn vị hành chính cấp xã).",
  })
  communes(
    @Arg("first", () => Int, { description: "Size of the list, 1 to 200 (số dòng)." }) first: number,
    @Arg("search", () => String, { nullable: true, description: "The typed text (từ khóa)." }) search: string | null,
    @Arg("province", () => ID, { nullable: true, description: "Code of the province (mã tỉnh)." })
    provinceCode: string | null,
  ): ListedCommune[] {
    return searchCommunes(search ?? "", provinceCode ?? null, pageSize(first)).map(listed);
  }

  @Directive("@listSize(assumedSize: 34)")
  @Query(() => [Province], { description: "The provinces in force since 2025-07-01 (danh mục tỉnh, thành phố)." })
  provinces(): Province[] {
    return allProvinces().map(({ code, fullName }) => ({ code, name: fullName }));
  }

  @Directive("@listSize(assumedSize: 55)")
  @Query(() => [EthnicGroup], { description: "The ethnic groups of Viet Nam (danh mục dân tộc)." })
  ethnicGroups(): EthnicGroup[] {
    return [...allEthnicGroups()];
  }

  @Directive("@listSize(assumedSize: 31)")
  @Query(() => [ListedRelation], { description: "Relations that a form accepts, by purpose (danh mục quan hệ)." })
  relations(
    @Arg("use", () => RelationUse, { description: "Purpose of the list (mục đích)." }) use: RelationUse,
  ): ListedRelation[] {
    return Object.entries(relationsFor[use]).map(([code, name]) => ({ id: `${use}/${code}`, code, name }));
  }

  @Directive("@listSize(assumedSize: 250)")
  @Query(() => [ListedNationality], { description: "Nationalities (danh mục quốc tịch)." })
  nationalities(): ListedNationality[] {
    return [...allNationalities()];
  }

  @Directive("@listSize(assumedSize: 30)")
  @Query(() => [ListedPaper], { description: "Kinds of papers that procedures ask for (danh mục giấy tờ)." })
  papers(): ListedPaper[] {
    return allPapers().map(({ heldBy, isLookedUp: _, ...paper }) => ({ ...paper, heldBy: heldBy && agencyOf(heldBy) }));
  }

  @Directive("@listSize(assumedSize: 150)")
  @Query(() => [ProblemCode], { description: "Codes of problems with their meaning (danh mục mã lỗi)." })
  problemCodes(): ProblemCode[] {
    return [...allProblemCodes()];
  }
}
