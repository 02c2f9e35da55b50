package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.VideoGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Wakes GenerationJobs when the model that they refer to changes. */
record ModelSources(
    InformerEventSource<HeadshotModel, GenerationJob> headshots,
    InformerEventSource<VideoGenerator, GenerationJob> videos) {

  static ModelSources of(EventSourceContext<GenerationJob> context) {
    return new ModelSources(
        of(HeadshotModel.class, ModelRef.Kind.HeadshotModel, context),
        of(VideoGenerator.class, ModelRef.Kind.VideoGenerator, context));
  }

  /** All of them, for registration. */
  List<EventSource<?, GenerationJob>> all() {
    return List.of(headshots, videos);
  }

  /** The model that a job refers to, as the caches know it. */
  Optional<DrawingModel> model(GenerationJob job) {
    return reference(job, ModelRef.Kind.HeadshotModel)
        .flatMap(headshots::get)
        .map(DrawingModel::of)
        .or(
            () ->
                reference(job, ModelRef.Kind.VideoGenerator)
                    .flatMap(videos::get)
                    .map(DrawingModel::of));
  }

  /** The same for a job that is reconciled. */
  static Optional<DrawingModel> seen(Context<GenerationJob> context) {
    return context
        .getSecondaryResource(HeadshotModel.class)
        .map(DrawingModel::of)
        .or(() -> context.getSecondaryResource(VideoGenerator.class).map(DrawingModel::of));
  }

  private static <M extends HasMetadata> InformerEventSource<M, GenerationJob> of(
      Class<M> type, ModelRef.Kind kind, EventSourceContext<GenerationJob> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, GenerationJob.class)
            .withNamespacesInheritedFromController()
            .withPrimaryToSecondaryMapper(
                (GenerationJob job) -> reference(job, kind).map(Set::of).orElse(Set.of()))
            .withSecondaryToPrimaryMapper(
                model ->
                    context
                        .getPrimaryCache()
                        .list(
                            job ->
                                reference(job, kind)
                                    .filter(ResourceID.fromResource(model)::equals)
                                    .isPresent())
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }

  /** The model of a kind that a job refers to, if it refers to one. */
  private static Optional<ResourceID> reference(GenerationJob job, ModelRef.Kind kind) {
    var reference = job.getSpec() == null ? null : job.getSpec().modelRef();
    return reference != null && reference.kind() == kind
        ? Optional.of(new ResourceID(reference.name(), job.getMetadata().getNamespace()))
        : Optional.empty();
  }
}
