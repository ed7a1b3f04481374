import { Field, ObjectType } from "type-graphql";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { CommonFacts } from "../acceptance/common-facts.ts";

type Declarant = CommonFacts["declarant"];

@ObjectType({ description: "Address of an applicant (địa chỉ người nộp hồ sơ)." })
export class ApplicantAddress {
  @Field(() => String, { description: "House number, street, hamlet (số nhà, đường, thôn, ấp)." })
  line!: string;
  @Field(() => Commune, { description: "Commune, ward or special zone (xã, phường, đặc khu)." })
  commune!: Commune;
}

@ObjectType({ description: "Person who submitted the request (người nộp hồ sơ)." })
export class Applicant {
  @Field(() => String, { description: "Full name (họ, chữ đệm, tên)." })
  fullName!: string;
  @RequiresScopes("citizen:read")
  @Field(() => String, { nullable: true, description: "Phone, if it was given (số điện thoại)." })
  phone?: Declarant["phone"];
  @RequiresScopes("citizen:read")
  @Field(() => String, { nullable: true, description: "E-mail address, if it was given (thư điện tử)." })
  email?: Declarant["email"];
  @RequiresScopes("citizen:read")
  @Field(() => ApplicantAddress, { nullable: true, description: "Address, if it was given (địa chỉ)." })
  address?: ApplicantAddress | null;
  /** Not shown; the other fields are read from the request of this dossier. */
  dossierId!: string;
}
