import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { LegalDay } from "../../subgraphs/_shared/reference/days.ts";
import { isInForce, procedureOn } from "../../subgraphs/one-stop/procedures/catalogue.ts";
import { contract, sharedWorld } from "../world.ts";

const world = sharedWorld();

async function procedure(variables: { code: string; on?: string }) {
  const { data, errors } = await world.current.ask(null, contract("procedure"), variables);
  expect(errors).toBeUndefined();
  return data.procedure;
}

describe("a procedure, for anybody", () => {
  it("everybody can read agency, term, fees, papers and form schema of a procedure", async () => {
    const found = await procedure({ code: "1.004222" });
    expect(found).toMatchObject({
      code: "1.004222",
      agency: { code: "RESIDENCE" },
      validTo: null,
      successor: null,
      processingTime: { quantity: 7, unit: "WORKING_DAY", note: null },
      fees: [
        { name: "Lệ phí đăng ký cư trú", amountVnd: 20_000, channel: "DESK" },
        { name: "Lệ phí đăng ký cư trú", amountVnd: 10_000, channel: "ONLINE" },
      ],
      requiredPapers: [
        { code: "CT01", name: "Tờ khai thay đổi thông tin cư trú (mẫu CT01)" },
        { code: "LAWFUL_DWELLING", name: "Giấy tờ chứng minh chỗ ở hợp pháp" },
      ],
    });
    expect(() => new Ajv2020({ strict: true }).compile(found.formSchema)).not.toThrow();
  });

  it("the amount of a fee is null where a council sets it", async () => {
    const { fees } = await procedure({ code: "1.001612" });
    expect(fees).toContainEqual({ name: "Lệ phí đăng ký hộ kinh doanh", amountVnd: null, channel: "DESK" });
  });

  it("a repealed procedure states its last day and its successor", async () => {
    expect(await procedure({ code: "2.002621", on: "2026-11-23" })).toMatchObject({
      validFrom: "2024-07-01",
      validTo: "2026-08-31",
      successor: { code: "3.000722" },
    });
  });

  it.each([{ code: "3.000722", on: "2026-08-31" }, { code: "9.999999" }, { code: "__proto__" }])(
    "a procedure that is unknown or not yet in force is not found: %o",
    async (variables) => {
      const { data, errors } = await world.current.ask(null, contract("procedure"), variables);
      expect(data.procedure).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    },
  );

  it("a procedure accepts new dossiers only on the days of its version", () => {
    const on = (day: string) => day as LegalDay;
    const version = procedureOn("2.002621", on("2026-08-31"));
    expect(version && [isInForce(version, on("2026-08-31")), isInForce(version, on("2026-09-01"))]).toEqual([
      true,
      false,
    ]);
  });
});
