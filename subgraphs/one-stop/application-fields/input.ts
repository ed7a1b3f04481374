import { Field } from "type-graphql";
import { AddressInput } from "../applicants/input.ts";
import { ChannelEnum } from "../dossiers/enums.ts";
import { FilledByInput } from "../filled-by/input.ts";
import { ResultHandoverInput } from "../handover/input.ts";

/* Fields that every request for a dossier has, of one procedure or of a life event: each is described once. */

export const PhoneField = () =>
  Field(() => String, {
    nullable: true,
    description: "Phone; its last four digits open the tracking page (số điện thoại).",
  });

export const EmailField = () => Field(() => String, { nullable: true, description: "E-mail address (thư điện tử)." });

export const LetterAddressField = () =>
  Field(() => AddressInput, { nullable: true, description: "Address, for the receipt and letters (địa chỉ)." });

export const ChannelField = () =>
  Field(() => ChannelEnum, { description: "Channel of the submission (hình thức tiếp nhận)." });

export const HandoverField = () =>
  Field(() => ResultHandoverInput, {
    nullable: true,
    description: "Handover of the results; at the desk by default (trả kết quả).",
  });

export const FilledByField = () =>
  Field(() => FilledByInput, { nullable: true, description: "Person who fills the form in (người khai giúp)." });
