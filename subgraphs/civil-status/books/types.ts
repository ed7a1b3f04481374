import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { LegalDay } from "../../_shared/reference/days.ts";
import { Commune } from "../../_shared/registers/commune-type.ts";
import { describedEnum } from "../../_shared/serving/described-enum.ts";
import { DateScalar } from "../../_shared/serving/scalars.ts";
import type { Book } from "./tables.ts";

export const CivilStatusBookEnum = describedEnum<Book>(
  "CivilStatusBook",
  "Register book (loại sổ hộ tịch), Circular 04/2020/TT-BTP.",
  {
    BIRTH: "Births (sổ đăng ký khai sinh).",
    DEATH: "Deaths (sổ đăng ký khai tử).",
    MARRIAGE: "Marriages (sổ đăng ký kết hôn).",
    RECOGNITION: "Recognitions of parents (sổ đăng ký nhận cha, mẹ, con).",
    CHANGE: "Changes and corrections (sổ đăng ký thay đổi, cải chính, bổ sung hộ tịch).",
    MARITAL_STATUS: "Confirmations of the marital status (sổ cấp giấy xác nhận tình trạng hôn nhân).",
    EXTRACT: "Extracts (sổ cấp bản sao trích lục hộ tịch).",
  },
);

@ObjectType({ description: "Number of an entry in a register book (số vào sổ)." })
export class BookNumber {
  @Field(() => CivilStatusBookEnum, { nullable: true, description: "The book (loại sổ)." })
  book!: Book;
  @Field(() => Commune, { nullable: true, description: "Commune of the office that keeps it (nơi đăng ký)." })
  office!: Commune;
  @Field(() => String, { nullable: true, description: "Number n/yyyy, consecutive in the book (số)." })
  number!: string;
}

@ObjectType({ description: "A register book of an office and year (sổ hộ tịch)." })
export class RegisterBook {
  @Field(() => ID, { description: "Book, commune and year, for client caches (định danh)." })
  id!: string;
  @Field(() => CivilStatusBookEnum, { nullable: true, description: "Kind (loại sổ)." })
  book!: Book;
  @Field(() => Commune, { nullable: true, description: "Commune of the office that keeps it (nơi đăng ký)." })
  office!: Commune;
  @Field(() => Int, { nullable: true, description: "Year (năm)." })
  year!: number;
  @Field(() => Int, { nullable: true, description: "Last number, which is that of its entries (số cuối)." })
  lastNumber!: number;
  @Field(() => DateScalar, { nullable: true, description: "Day of its closing, if it is closed (ngày khóa sổ)." })
  closedOn!: LegalDay | null;
}

@InputType({ description: "Closing of a book of the officer's own office (khóa sổ hộ tịch)." })
export class BookClosingInput {
  @Field(() => CivilStatusBookEnum, { description: "The book (loại sổ)." })
  book!: Book;
  @Field(() => Int, { description: "A year that has ended (năm)." })
  year!: number;
  @Field(() => String, { description: "Document on which it rests (căn cứ)." })
  ground!: string;
}
