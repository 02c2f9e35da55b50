package dev.atelier.local.cli.estimate;

import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.ModelRef;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import dev.atelier.operator.KubernetesClients;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Estimates resources, with what is known of runtimes and of runs that have been. */
public final class Estimates {

  private static final KubernetesSerialization JSON = KubernetesClients.serialization();

  private static final double DEFAULT_TERAFLOPS = 40;

  private final List<Resource> known;
  private final OptionalDouble teraflops;

  /**
   * @param known resources of any kind
   * @param teraflops what a GPU reaches, instead of what runs have shown; empty for the latter
   */
  public Estimates(List<Resource> known, OptionalDouble teraflops) {
    this.known = List.copyOf(known);
    this.teraflops = teraflops;
  }

  /**
   * The estimate of a resource.
   *
   * @throws UserError if its runtime is not known, or its kind is not estimated
   */
  public Estimate of(Resource resource) {
    var name = runtimeName(resource);
    var runtime =
        find("DiffusionRuntime", name)
            .map(found -> spec(found, RuntimeSpec.class))
            .orElseThrow(
                () ->
                    new UserError(
                        "there is no DiffusionRuntime '%s', which %s needs"
                            .formatted(name, resource.title()),
                        "Name its file too, or create it."));
    return new Estimate(
        resource.title(),
        name,
        runtime,
        work(resource),
        speed(resource, name, runtime),
        budget(resource));
  }

  private Speed speed(Resource resource, String name, RuntimeSpec runtime) {
    var family = runtime.model().family();
    var assumed = Speed.assumed(family, teraflops.orElse(DEFAULT_TERAFLOPS));
    return (teraflops.isPresent() ? assumed : Speed.measured(finished(name)).or(() -> assumed))
        .orElseThrow(
            () ->
                new UserError(
                    "models of the family %s are not estimated yet".formatted(family),
                    "Once a run of %s has finished, its time is used."
                        .formatted(resource.title())));
  }

  private List<Speed.Finished> finished(String runtime) {
    return known.stream()
        .filter(one -> one.kind().equals("HeadshotModel") && Outcome.of(one) == Outcome.DONE)
        .filter(one -> runtimeName(one).equals(runtime))
        .map(
            one ->
                new Speed.Finished(
                    one.name(),
                    work(one).stream().mapToDouble(Work::passes).sum(),
                    one.status().path("usage").path("gpuSeconds").asLong()))
        .toList();
  }

  private static List<Work> work(Resource resource) {
    return switch (resource.kind()) {
      case "HeadshotModel" -> Workload.of(spec(resource, HeadshotSpec.class).withDefaults());
      case "GenerationJob" -> Workload.of(spec(resource, GenerationJobSpec.class));
      default -> throw notEstimated(resource);
    };
  }

  private String runtimeName(Resource resource) {
    var spec = resource.body().path("spec");
    if (!resource.kind().equals("GenerationJob")) {
      return spec.path("runtimeRef").path("name").asText();
    }
    var model = spec(resource, GenerationJobSpec.class).modelRef();
    if (model.kind() == ModelRef.Kind.DiffusionRuntime) {
      return model.name();
    }
    return find(model.kind().name(), model.name())
        .map(this::runtimeName)
        .orElseThrow(
            () ->
                new UserError(
                    "there is no %s '%s', which %s draws with"
                        .formatted(model.kind(), model.name(), resource.title()),
                    "Name its file too, or create it."));
  }

  private static long budget(Resource resource) {
    return resource.body().path("spec").path("limits").path("maxGpuSeconds").asLong();
  }

  private Optional<Resource> find(String kind, String name) {
    return known.stream()
        .filter(one -> one.kind().equals(kind) && one.name().equals(name))
        .findFirst();
  }

  private static <T> T spec(Resource resource, Class<T> type) {
    try {
      return JSON.convertValue(resource.body().path("spec"), type);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "%s cannot be read: %s".formatted(resource.title(), e.getMessage()),
          "`kubectl explain %s.spec` says what is expected."
              .formatted(resource.kind().toLowerCase(Locale.ROOT)));
    }
  }

  private static UserError notEstimated(Resource resource) {
    return new UserError(
        resource.title() + " is not estimated yet", "HeadshotModels and GenerationJobs are.");
  }
}
