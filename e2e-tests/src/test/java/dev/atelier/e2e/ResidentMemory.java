package dev.atelier.e2e;

/** Resident MiB of the operator, one after another. */
record ResidentMemory(
    long idle, long amongHalf, long waiting, long running, long next, long amongAll) {

  /** The rows of the table, after so many pods of others in the end. */
  String rows(int strangers) {
    return """
    | resident memory: idle, idle among %,d pods of others | %d, %d MiB | |
    | resident memory: all waiting, all computing, all at the second stage | %d, %d, %d MiB | 400 MiB |
    | the last, among %,d pods of others | %d MiB | at most 10 %% more |
    """
        .formatted(strangers / 2, idle, amongHalf, waiting, running, next, strangers, amongAll)
        .strip();
  }
}
