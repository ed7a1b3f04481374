import { Field, ID, InputType } from "type-graphql";
import type { EncumbranceKind } from "./tables.ts";
import { LandEncumbranceKindEnum } from "./types.ts";

@InputType({ description: "Mortgage, dispute or block of a parcel (đăng ký hạn chế về quyền)." })
export class LandEncumbranceInput {
  @Field(() => LandEncumbranceKindEnum, { description: "Kind (loại)." })
  kind!: EncumbranceKind;
  @Field(() => ID, { description: "Code of the parcel (mã thửa đất)." })
  parcel!: string;
  @Field(() => String, { description: "Mortgagee, claimant, or the authority that blocks (bên liên quan)." })
  party!: string;
  @Field(() => String, { description: "Contract, request or decision on which it rests (căn cứ)." })
  ground!: string;
}

@InputType({ description: "End of a mortgage, dispute or block (xóa đăng ký, giải tỏa)." })
export class LandReleaseInput {
  @Field(() => ID, { description: "Id of the encumbrance (mã)." })
  encumbrance!: string;
  @Field(() => String, { description: "Request or decision on which it rests (căn cứ)." })
  ground!: string;
}
