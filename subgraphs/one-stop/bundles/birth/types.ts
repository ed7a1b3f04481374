import { ObjectType } from "type-graphql";
import { BundleCheck, BundleSubmission } from "../types.ts";

/** The results of this bundle have names of their own in the schema, to which clients are bound. */
@ObjectType({
  description:
    "Result of checking a combined request before its submission; nothing was written (kết quả kiểm tra trước).",
})
export class BirthBundleCheck extends BundleCheck {}

@ObjectType({ description: "Result of a submission: either a dossier or problems (kết quả nộp hồ sơ)." })
export class BirthBundleSubmission extends BundleSubmission {}
