import { Field, Int, ObjectType } from "type-graphql";
import { Agency } from "../../_shared/registers/agency-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { Officer } from "../casework/types.ts";
import type { Holder } from "./holdings.ts";

export const HolderEnum = describedEnum<Holder>("Holder", "In whose hands a dossier lies (nơi giữ hồ sơ).", {
  DESK: "The one-stop desk (Bộ phận Một cửa).",
  OFFICER: "An officer who has claimed a part (cán bộ giải quyết).",
  AGENCY: "An agency that has a part (cơ quan giải quyết).",
  CITIZEN: "The citizen is awaited (chờ công dân).",
  OUTAGE: "An agency does not respond (gián đoạn kết nối).",
});

@ObjectType({ description: "Time for which a dossier lay in one pair of hands (thời gian giữ hồ sơ)." })
export class TimeLedgerEntry {
  @Field(() => HolderEnum, { description: "Kind of holder (nơi giữ)." })
  holder!: Holder;
  @Field(() => Agency, { nullable: true, description: "The agency, if it is one (cơ quan)." })
  agency!: Agency | null;
  @Field(() => Officer, { nullable: true, description: "The officer, if it is one (cán bộ)." })
  officer!: Officer | null;
  @Field(() => DateTimeScalar, { description: "Begin (từ)." })
  from!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "End; null while it lasts (đến)." })
  to!: Date | null;
  @Field(() => Int, { description: "Minutes of office hours within it (số phút làm việc)." })
  workingMinutes!: number;
}
