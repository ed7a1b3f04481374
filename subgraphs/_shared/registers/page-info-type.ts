import { Directive, Field, ObjectType } from "type-graphql";

@Directive("@shareable")
@ObjectType({ description: "Information about the end of a page (thông tin phân trang)." })
export class PageInfo {
  @Field(() => Boolean, { description: "True if more pages follow (còn trang sau)." })
  hasNextPage!: boolean;
  @Field(() => String, { nullable: true, description: "Cursor to pass as `after` for the next page (con trỏ cuối)." })
  endCursor!: string | null;
}
