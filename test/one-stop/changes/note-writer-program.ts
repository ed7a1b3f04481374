import postgres from "postgres";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { ids, writeNote } from "./changing-dossiers.ts";

/**
 * Process that changes dossiers of DATABASE_URL by WRITERS connections. Prints the note of each change when it is acknowledged. Ends with
 * the program that started it, or with the server.
 */
const { DATABASE_URL = "", WRITERS, SEED } = process.env;

async function write(writer: number): Promise<void> {
  const random = seededRandom(writer);
  const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => {}, fetch_types: false });
  for (let n = 0; ; n++) {
    const note = `${writer}.${n}`;
    await writeNote(sql, ids[random.below(ids.length)] ?? "", note);
    process.stdout.write(`${note}\n`);
  }
}

process.on("uncaughtException", () => process.exit()); // the driver's own, when the server is killed
for (let n = 0; n < Number(WRITERS); n++) write(Number(SEED) + n).catch(() => process.exit());
process.stdin.resume().once("end", () => process.exit());
