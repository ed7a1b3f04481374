/** Answers for one place of a page, of which only that to the newest question is shown. */
export type NewestAnswer = {
  /** The answer, or its fault; undefined once another question was asked or the place was closed. */
  to<T>(asked: Promise<T>): Promise<T | undefined>;
  /** Drops the answers to all questions so far. */
  drop(): void;
};

export function newestAnswer(): NewestAnswer {
  let questions = 0;
  const drop = () => {
    questions += 1;
  };
  return {
    async to(asked) {
      drop();
      const own = questions;
      const isNewest = () => own === questions;
      try {
        const answer = await asked;
        return isNewest() ? answer : undefined;
      } catch (fault) {
        if (isNewest()) throw fault;
        return undefined;
      }
    },
    drop,
  };
}
