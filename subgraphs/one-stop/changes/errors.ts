import { GraphQLError } from "graphql";

/** Lists from which a reader without a valid cursor takes the present state. */
const SNAPSHOT = "dossiers";

/**
 * The changes after the cursor are no longer kept, or the cursor is not of this stream (its database was restored).
 * @param resumeFrom cursor of this moment
 */
export function cursorExpired(argument: string, resumeFrom: string, retentionDays: number): GraphQLError {
  const message = `The changes after this cursor are no longer kept (${retentionDays} days), or the database was restored since. Read all pages of \`${SNAPSHOT}\`, then go on with ${argument}: "${resumeFrom}"`;
  const messageVi = `Các thay đổi sau con trỏ này không còn được lưu (${retentionDays} ngày), hoặc cơ sở dữ liệu đã được khôi phục. Đọc lại toàn bộ danh sách \`${SNAPSHOT}\`, rồi tiếp tục với ${argument}: "${resumeFrom}"`;
  const reason = { reason: "CURSOR_EXPIRED", snapshot: SNAPSHOT, resumeFrom };
  return new GraphQLError(message, {
    extensions: { code: "BAD_USER_INPUT", argument, ...reason, messageVi },
  });
}
