package dev.atelier.local.cli;

import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier retrain}. */
@Command(
    name = "retrain",
    header = "Start a new run of a model with the spec that it has now.",
    description = {
      "",
      "Raises spec.runNonce by one, as the action of the same name in Argo CD does. Where Git holds",
      "the resource, raise it there instead: the next sync would undo this.",
      ""
    },
    footer = {"", "Examples:", "  ./atelier retrain ana", "  kubectl atelier retrain hsm/ana"})
final class RetrainCommand implements Callable<Integer> {

  private static final Set<String> TRAINED = Set.of("HeadshotModel", "VideoGenerator");

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana or just ana.")
  private List<String> words = List.of();

  @Option(
      names = "--now",
      description = "Also while a run is under way: it ends, and its progress is lost.")
  private boolean now;

  RetrainCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var place = where.in(services.settings());
    var kinds = services.kinds();
    try (var client = place.writer()) {
      var namespace = place.cluster().map(config -> config.getNamespace());
      var found = new Lookup(kinds, new ApiSource(client, namespace, false)).named(words);
      found.forEach(this::check);
      var handles = new ResourceHandles(client, kinds);
      for (var resource : found) {
        long next = resource.body().path("spec").path("runNonce").asLong() + 1;
        handles
            .of(resource)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\":{\"runNonce\":%d}}".formatted(next));
        services
            .console()
            .say(
                "%s: run %d starts (spec.runNonce %d)".formatted(resource.title(), next + 1, next));
      }
    }
    return ExitStatus.DONE;
  }

  private void check(Resource resource) {
    if (!TRAINED.contains(resource.kind())) {
      throw new UserError(
          resource.title() + " is not trained",
          "Only a HeadshotModel or VideoGenerator is; a GenerationJob is drawn once: create another.");
    }
    if (Outcome.of(resource) == Outcome.RUNNING && !now) {
      throw new UserError(
          resource.title() + " has a run under way",
          "Wait for its end (./atelier status %s), or end it with --now."
              .formatted(resource.name()));
    }
  }
}
