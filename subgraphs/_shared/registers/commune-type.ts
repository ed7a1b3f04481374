import { Directive, Field, ID, ObjectType } from "type-graphql";
import { commune } from "../reference/communes.ts";

@Directive("@shareable")
@ObjectType({ description: "A commune, ward or special zone (xã, phường, đặc khu); Resolution 202/2025/QH15." })
export class Commune {
  @Field(() => ID, { description: "Five-digit code of the list in force since 2025-07-01 (mã đơn vị hành chính)." })
  code!: string;
  @Field(() => String, { description: "Full name (tên gọi)." })
  name!: string;
}

/** The commune of a register entry; a code of an older list shows itself as its name. */
export function communeOf(code: string): Commune {
  return { code, name: commune(code)?.name ?? code };
}
