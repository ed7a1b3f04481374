/** How long the answer is waited for, in milliseconds from when the request arrives: clocks of two machines differ. */
export const DEADLINE_HEADER = "x-request-deadline";

/** `none` on an answer to which nobody's data belong, so that no reading was recorded: requests of one caller may share it. */
export const READS_HEADER = "x-reads-recorded";
