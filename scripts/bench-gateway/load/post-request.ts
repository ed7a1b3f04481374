/** A POST of one GraphQL operation, as a client sends it. */
export function postText(body: string, token: string | undefined): string {
  const authorization = token ? `Authorization: Bearer ${token}\r\n` : "";
  return `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n${authorization}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
