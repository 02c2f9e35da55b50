package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain watch}. */
@Command(
    name = "watch",
    header = "Say how often films of moving shapes show what was asked for.",
    description = {
      "",
      "The frames are measured: no model judges. A video model is asked for combinations of colour,",
      "shape and direction that the samples' model saw no film of; clips that a stage drew carry",
      "their prompts.",
      ""
    })
final class PretrainWatchCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A video model in the diffusers layout, or a folder of clips.")
  private Path subject = Path.of(".");

  @Option(
      names = "--films",
      paramLabel = "N",
      description = "How many films a model draws. Default: ${DEFAULT-VALUE}.")
  private int films = 60;

  @Option(
      names = "--reader",
      paramLabel = "DIR",
      description = {
        "Say, too, how far the films are from drawn ones of the same prompts (Frechet distance), by",
        "what a small network sees in both. It is trained in DIR unless it is there: two minutes."
      })
  private @Nullable Path reader;

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainWatchCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var here = services.settings().here();
    var run = new PretrainRun(services, device);
    return reader == null
        ? run.in(subject, at -> Pretraining.watch(at, at.folder(), films))
        : run.in(reader, at -> Pretraining.distance(at, here.resolve(subject), films));
  }
}
