/** Time that the sender waits for the response, in milliseconds from the arrival, since the clocks of two machines differ. */
export const DEADLINE_HEADER = "x-request-deadline";

/** `none` on a response without a citizen's data, for which no access was recorded: requests of one caller may share it. */
export const READS_HEADER = "x-reads-recorded";
