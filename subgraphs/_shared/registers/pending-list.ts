/**
 * Storage parameter of GIN indexes: kilobytes of the list of entries that are not sorted in yet. Every search reads that list from
 * end to end, and its pages stay in the index. By default it grows to 4 MB.
 */
export const SHORT_PENDING_LIST = { gin_pending_list_limit: 128 };
