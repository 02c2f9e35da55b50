package dev.atelier.runtime.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A page as the evaluation of a model publishes it, photos and pictures of a person included. */
public final class PublishedPage {

  private PublishedPage() {}

  /** Runs the stage below a folder and returns the file of its page. */
  public static Path in(Path folder) throws IOException {
    var run = new RunFixture(folder);
    var gate = List.of(RunFixture.atLeast("IdentitySimilarity", 0.5));
    var words = run.run(run.evaluate(RunFixture.PROMPTS, gate, false), run.bench.store());
    return words.artifacts().stream()
        .filter(artifact -> artifact.name().equals("gallery"))
        .map(run.bench::stored)
        .findFirst()
        .orElseThrow();
  }
}
