import { createServer } from "node:http";
import { seededRandom } from "../../../subgraphs/_shared/demo/population-random.ts";
import { closeServer, listen, readBody } from "../../../subgraphs/_shared/serving/http.ts";

/** Change that the receiver has processed: the id of its event, the code of its dossier, and its number in the stream. */
export type ProcessedEvent = { id: string; code: string; change: number; state: string };

/** Receiver of webhooks that fails now and then until it is calmed. It processes an event when it answers 2xx. */
export type FailingReceiver = {
  url: string;
  /** In the order of their processing, repeated events included. */
  processed: ProcessedEvent[];
  calm(): void;
  close(): Promise<void>;
};

const BODY_LIMIT = 1_000_000;
const FAILS_ONE_IN = 8;

type Event = { id: string; subject?: string; sequence?: string; data: { state?: string } };

export async function openFailingReceiver(seed: number): Promise<FailingReceiver> {
  const random = seededRandom(seed);
  const processed: ProcessedEvent[] = [];
  let isCalm = false;
  const server = createServer(async (request, response) => {
    const { id, subject = "", sequence, data } = JSON.parse((await readBody(request, BODY_LIMIT)).toString()) as Event;
    const fate = isCalm ? FAILS_ONE_IN : random.below(FAILS_ONE_IN);
    if (fate === 0) return void response.writeHead(500).end();
    processed.push({ id, code: subject, change: Number(sequence), state: data.state ?? "" });
    if (fate === 1) return void request.socket.destroy(); // the answer is lost
    response.writeHead(204).end();
  });
  return {
    url: `http://127.0.0.1:${await listen(server, 0)}/`,
    processed,
    calm() {
      isCalm = true;
    },
    close: () => closeServer(server, 0),
  };
}
