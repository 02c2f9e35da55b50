package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain clip}. */
@Command(
    name = "clip",
    header = "Train a small CLIP on the pictures of a run.",
    description = {
      "",
      "Pictures and captions in one space, in the layout of transformers: what",
      "spec.perception.clip reads. Lands in DIR/clip.",
      ""
    })
final class PretrainClipCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "The folder of a run.")
  private Path folder = Path.of(".");

  @Mixin private ThreadsOption threads = new ThreadsOption();

  PretrainClipCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    return new PretrainRun(services, threads).in(folder, Pretraining::clip);
  }
}
