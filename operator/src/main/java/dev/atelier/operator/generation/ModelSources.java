package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Wakes GenerationJobs when the HeadshotModel that they refer to changes. */
final class ModelSources {

  private ModelSources() {}

  static InformerEventSource<HeadshotModel, GenerationJob> of(
      EventSourceContext<GenerationJob> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(HeadshotModel.class, GenerationJob.class)
            .withNamespacesInheritedFromController()
            .withPrimaryToSecondaryMapper(
                (GenerationJob job) -> reference(job).map(Set::of).orElse(Set.of()))
            .withSecondaryToPrimaryMapper(
                model ->
                    context
                        .getPrimaryCache()
                        .list(
                            job ->
                                reference(job)
                                    .filter(ResourceID.fromResource(model)::equals)
                                    .isPresent())
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }

  /** The HeadshotModel that a job refers to, if it refers to one. */
  static Optional<ResourceID> reference(GenerationJob job) {
    var reference = job.getSpec() == null ? null : job.getSpec().modelRef();
    return reference != null && reference.kind() == ModelRef.Kind.HeadshotModel
        ? Optional.of(new ResourceID(reference.name(), job.getMetadata().getNamespace()))
        : Optional.empty();
  }
}
