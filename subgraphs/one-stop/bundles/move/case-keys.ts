/** Keys of the changes that a move may bring and that a procedure by itself may ask for, too. */

export const facilityKey = ({ personalId }: { personalId: string }) => `facility:${personalId}`;
export const seatKey = (business: string) => `seat:${business}`;
