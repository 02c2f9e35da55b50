package dev.atelier.local.cli;

import dev.atelier.local.workstation.Connection;
import dev.atelier.local.workstation.StateDirectory;
import dev.atelier.local.workstation.StateLock;
import dev.atelier.local.workstation.UserError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier delete}. */
@Command(
    name = "delete",
    header = "Delete resources, and erase everything that they wrote.",
    description = {
      "",
      "Crops, checkpoints, models and pictures are erased by a Job, which verifies that nothing is",
      "left and writes a receipt. Your own photo folder is not touched.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier delete hsm ana",
      "  ./atelier delete gen/ana-portraits"
    })
final class DeleteCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana or just ana.")
  private List<String> words = List.of();

  @Option(
      names = "--force",
      description = "Give up on erasing files of a store that is gone; they may be left there.")
  private boolean force;

  DeleteCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var place = where.in(services.settings());
    if (place.cluster().isPresent()) {
      try (var client = place.writer()) {
        return deletion(client, Optional.of(place.cluster().get().getNamespace()))
            .run(words, force, () -> {});
      }
    }
    var directory = place.state();
    if (!directory.exists()) {
      throw new UserError(
          "nothing ever ran in " + directory.root(),
          "Name the state directory of the run with --state DIR.");
    }
    var active = Connection.active(directory);
    if (active.isPresent()) {
      try (var client = new KubernetesClientBuilder().withConfig(active.get().config()).build()) {
        return deletion(client, Optional.empty()).run(words, force, () -> {});
      }
    }
    return alone(directory);
  }

  /** No run is active: its controllers are started for as long as erasing takes. */
  private int alone(StateDirectory directory) {
    try (var lock = StateLock.acquire(directory)) {
      if (lock.wasLeftBehind()) {
        services.console().say("The run before did not end by itself; using what it saved.");
      }
      try (var platform = services.opener().open(directory)) {
        int code = deletion(platform.client(), Optional.empty()).run(words, force, platform::start);
        platform.stop();
        return code;
      }
    }
  }

  private Deletion deletion(KubernetesClient client, Optional<String> namespace) {
    return new Deletion(
        services.console(),
        client,
        namespace,
        services.kinds(),
        services.interrupts(),
        services.clock());
  }
}
