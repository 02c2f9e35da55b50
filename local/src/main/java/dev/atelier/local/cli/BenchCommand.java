package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import dev.atelier.runtime.benchmark.Benchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier bench}. */
@Command(
    name = "bench",
    header = "Time the denoiser and a training step on this machine.",
    description = {
      "",
      "For the models of the folders (by default the sample's) and for Stable Diffusion 1.5 with",
      "random weights: the median of the rounds, with the lowest and the highest.",
      ""
    })
final class BenchCommand implements Callable<Integer> {

  private static final String SAMPLE = "samples/headshot/models/tiny-portrait";

  private final Services services;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = "Folders in the diffusers layout.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--full",
      description = "All of Stable Diffusion 1.5 instead of two levels of it; needs 16 GB.")
  private boolean full;

  @Mixin private DeviceOption device = new DeviceOption();

  BenchCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var settings = services.settings();
    var folders =
        models.isEmpty()
            ? List.of(settings.home().resolve(SAMPLE))
            : models.stream().map(settings.here()::resolve).toList();
    for (var folder : folders) {
      if (!Files.isRegularFile(folder.resolve("model_index.json"))) {
        throw new UserError(
            folder + ": no model_index.json in it", "Name folders in the diffusers layout.");
      }
    }
    Benchmark.run(folders, full, device.device(), System.out);
    return ExitStatus.DONE;
  }
}
