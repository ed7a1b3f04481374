import { writeFileSync } from "node:fs";
import { type Profiler, Session } from "node:inspector";

/** Preload of a gateway: SIGUSR2 starts a CPU profile, the next one ends it and writes it to PROFILE. */
const session = new Session();
session.connect();
let running = false;

process.on("SIGUSR2", () => {
  if (running) {
    session.post("Profiler.stop", (_, { profile }: Profiler.StopReturnType) => {
      writeFileSync(process.env.PROFILE ?? "", JSON.stringify(profile));
    });
  } else {
    session.post("Profiler.enable");
    session.post("Profiler.setSamplingInterval", { interval: 250 });
    session.post("Profiler.start");
  }
  running = !running;
});
