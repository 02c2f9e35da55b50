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

/** {@code atelier pretrain judge}. */
@Command(
    name = "judge",
    header = "Say how often a model draws the portraits that it is asked for.",
    description = {
      "",
      "The reader of a run looks at pictures of random prompts, or at those that a stage drew and",
      "that carry their prompts. With --person it also says in how many pictures of a folder the",
      "person of some photos is: nearer to the photos than 99 % of drawings of other people.",
      ""
    })
final class PretrainJudgeCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "The run whose reader judges, or the folder of a reader.")
  private Path folder = Path.of(".");

  @Parameters(
      index = "1",
      paramLabel = "MODEL",
      description = "A model in the diffusers layout, or a folder of pictures.")
  private Path model = Path.of(".");

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "How many pictures a model draws. Default: ${DEFAULT-VALUE}.")
  private int pictures = 60;

  @Option(
      names = "--person",
      paramLabel = "PHOTOS",
      description = "Photos of one person, as the intake of a model crops them (its photos/).")
  private @Nullable Path photos;

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainJudgeCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var here = services.settings().here();
    return new PretrainRun(services, device)
        .in(
            folder,
            run -> {
              if (photos != null) {
                Pretraining.person(run, here.resolve(photos), here.resolve(model));
              }
              Pretraining.judge(run, here.resolve(model), pictures);
            });
  }
}
