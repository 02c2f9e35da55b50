package dev.atelier.runtime;

import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.perception.PerceptionException;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.runtime.text.PromptTooLongException;
import dev.atelier.runtime.tokenizer.TokenizerException;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Result;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/** How a stage ended: exit code and last words. */
record Outcome(int exitCode, TerminationMessage words) {

  static Outcome done(TerminationMessage words) {
    return new Outcome(ExitCode.DONE.code(), words);
  }

  static Outcome failed(StageFailure failure) {
    if (failure instanceof StageFailure.GateFailed gate) {
      return new Outcome(gate.exitCode(), gate.words());
    }
    var result = failure instanceof StageFailure.Checkpointed ? Result.Checkpointed : Result.Failed;
    var words = TerminationMessage.of(result, failure.reason(), message(failure));
    if (failure instanceof StageFailure.BadInput bad && bad.dataset() != null) {
      words = words.withDataset(bad.dataset());
    }
    return new Outcome(failure.exitCode(), words);
  }

  /** An exception that no stage planned for: memory, disk, or a bug. */
  static Outcome unexpected(Throwable problem) {
    if (MemoryShortage.caused(problem)) {
      return failed(
          new StageFailure.OutOfMemory(
              "memory ran out at a peak of %s (%s): ask for smaller pictures (sampler.width and sampler.height), lower training.batchSize, or give the pod more memory"
                  .formatted(MemoryShortage.peak(), problem.getMessage()),
              problem));
    }
    if (isTheUsers(problem)) {
      return failed(new StageFailure.BadInput(message(problem), problem));
    }
    LoggerFactory.getLogger("atelier").error("the stage failed", problem);
    if (problem instanceof IOException) {
      return failed(
          new StageFailure.StorageUnavailable(
              "a file of the pod could not be read or written: " + problem, problem));
    }
    return new Outcome(
        1, TerminationMessage.of(Result.Failed, "RetriesExhausted", message(problem)));
  }

  /** What no retry mends: files of a model, a prompt. */
  private static boolean isTheUsers(Throwable problem) {
    return problem instanceof WeightsException
        || problem instanceof UnsupportedConfigException
        || problem instanceof PerceptionException
        || problem instanceof TokenizerException
        || problem instanceof PromptTooLongException;
  }

  private static String message(Throwable problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
