import { Field, ID, ObjectType } from "type-graphql";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { ActRow } from "../acts/tables.ts";
import type { EncumbranceKind, encumbrances } from "./tables.ts";

type EncumbranceRow = typeof encumbrances.$inferSelect;

export const LandEncumbranceKindEnum = describedEnum<EncumbranceKind>(
  "LandEncumbranceKind",
  "Kind of an encumbrance of a parcel (loại hạn chế); each stops changes of holders, splits and merges.",
  {
    MORTGAGE: "Mortgage (thế chấp), Decree 99/2022/NĐ-CP.",
    DISPUTE: "Dispute that an authority has taken up (tranh chấp), Land Law 31/2024, art. 45.",
    BLOCK: "Block by a court or an enforcement office (ngăn chặn), Land Law 31/2024, art. 45.",
  },
);

@ObjectType({ description: "Mortgage, dispute or block of a parcel (hạn chế về quyền sử dụng đất)." })
export class LandEncumbrance {
  @Field(() => ID, { description: "Id: the same as that of the act that registered it (mã)." })
  id!: EncumbranceRow["id"];
  @Field(() => LandEncumbranceKindEnum, { nullable: true, description: "Kind (loại)." })
  kind!: EncumbranceRow["kind"];
  @Field(() => String, {
    nullable: true,
    description: "Mortgagee, claimant, or the authority that blocks (bên nhận thế chấp, bên tranh chấp, cơ quan).",
  })
  party!: EncumbranceRow["party"];
  @Field(() => DateScalar, { nullable: true, description: "Day of registration (ngày đăng ký)." })
  registeredOn!: ActRow["effectiveOn"];
  @Field(() => String, { nullable: true, description: "Contract, decision or request on which it rests (căn cứ)." })
  ground!: ActRow["ground"];
}
