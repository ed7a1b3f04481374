import { expect, test } from "vitest";
import { foreignGateway } from "./kit/foreign-gateway.ts";
import { requestPaths } from "./kit/request-paths.ts";

test.each(requestPaths)(
  "a supergraph that cannot be planned for is refused at the start in one sentence: %s",
  async (_, pathEnvironment) => {
    const link = '@link(url: "https://specs.apollo.dev/magic/v0.1", for: SECURITY)\n  @link(';
    const edit = (supergraph: string) => supergraph.replace("@link(", link);
    const starting = foreignGateway({ a: { sdl: "type Query { x: Int }" } }, pathEnvironment, edit);
    await expect(starting).rejects.toThrow(
      /^The configuration does not work:\n {2}SUPERGRAPH: it cannot be planned for: .*magic\/v0.1.*unsupported.*$/,
    );
  },
);
