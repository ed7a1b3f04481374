import { Directive, Field, ID, ObjectType } from "type-graphql";
import { commune } from "../reference/communes.ts";
import { AlsoId } from "../serving/id-field.ts";

@Directive("@shareable")
@ObjectType({ description: "A commune, ward or special zone (xã, phường, đặc khu); Resolution 202/2025/QH15." })
export class Commune {
  @AlsoId()
  @Field(() => ID, { description: "Five-digit code of the list in force since 2025-07-01 (mã đơn vị hành chính)." })
  code!: string;
  @Field(() => String, { description: "Full name (tên gọi)." })
  name!: string;
}

/** Commune of a register entry. A code of an older list has the code itself as its name. */
export function communeOf(code: string): Commune {
  return { code, name: commune(code)?.name ?? code };
}
