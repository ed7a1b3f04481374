import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { KEY } from "../../_shared/registers/act-answers.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { answerOf } from "../acts/answer.ts";
import { CivilStatusActResult } from "../acts/types.ts";
import type { CivilStatusContext } from "../loaders.ts";
import { closeBook, registerBooks } from "./books.ts";
import { BookClosingInput, RegisterBook } from "./types.ts";

@Resolver()
export class RegisterBookResolver {
  @RequiresScopes("civil-status:search")
  @Query(() => [RegisterBook], {
    nullable: true,
    description: "Register books of an office and year that have an entry (sổ hộ tịch).",
  })
  registerBooks(
    @Arg("office", () => ID, { description: "Code of the commune (mã đơn vị hành chính cấp xã)." }) office: string,
    @Arg("year", () => Int, { description: "Year, 1900 to 2200 (năm)." }) year: number,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<RegisterBook[]> {
    return registerBooks(ctx, office, year);
  }

  @RequiresScopes("civil-status:register")
  @Mutation(() => CivilStatusActResult, {
    nullable: true,
    description: "Closes a book of the officer's office after the end of its year (khóa sổ hộ tịch).",
  })
  async closeRegisterBook(
    @Arg("input", () => BookClosingInput, { description: "The book (nội dung)." }) input: BookClosingInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: CivilStatusContext,
  ): Promise<CivilStatusActResult> {
    return answerOf(await closeBook(ctx, input, idempotencyKey));
  }
}
