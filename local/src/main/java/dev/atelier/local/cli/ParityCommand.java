package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import dev.atelier.runtime.parity.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier parity}. */
@Command(
    name = "parity",
    header = "Compare the runtime with recorded results of other implementations.",
    description = {
      "",
      "Runs every case.json below the folders: one line per case, then the counts. Exit code 1 if",
      "a case fails. On a GPU set NVIDIA_TF32_OVERRIDE=0: cuDNN's convolutions else round to ten",
      "bits.",
      ""
    })
final class ParityCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with cases.")
  private List<Path> folders = new ArrayList<>();

  @Mixin private DeviceOption device = new DeviceOption();

  ParityCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var absolute = folders.stream().map(services.settings().here()::resolve).toList();
    for (var folder : absolute) {
      if (!Files.isDirectory(folder)) {
        throw new UserError(folder + ": no such folder", "Name folders that hold case.json files.");
      }
    }
    return Parity.run(absolute, device.device(), System.out);
  }
}
