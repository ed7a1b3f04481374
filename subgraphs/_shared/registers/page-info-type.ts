import { Directive, Field, ObjectType } from "type-graphql";

@Directive("@shareable")
@ObjectType({ description: "Information about a page (thông tin phân trang)." })
export class PageInfo {
  @Field(() => Boolean, { description: "True if more pages follow (còn trang sau)." })
  hasNextPage!: boolean;
  @Field(() => Boolean, {
    description: "Always false: a list is read forwards, and a page does not look back (luôn là false).",
  })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: "Cursor of the first node (con trỏ đầu)." })
  startCursor?: string | null; // made of what stands below when it is asked for
  @Field(() => String, { nullable: true, description: "Cursor to pass as `after` for the next page (con trỏ cuối)." })
  endCursor!: string | null;
  /** Number of nodes. */
  length!: number;
  /** Cursor of the node at an index of the page. */
  cursorAt!: (index: number) => string;
}
