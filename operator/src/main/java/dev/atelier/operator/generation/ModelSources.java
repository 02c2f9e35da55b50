package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.relay.Relay;
import dev.atelier.operator.relay.RelaySource;
import dev.atelier.operator.relay.Relays;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Wakes GenerationJobs when the model that they refer to changes, and knows that model. */
record ModelSources(Relays relays) {

  private static final String BY_MODEL = "model";

  /** All of them, for registration. */
  List<EventSource<?, GenerationJob>> all(EventSourceContext<GenerationJob> context) {
    relays.jobs().index(BY_MODEL, job -> reference(job).map(Reference::key).stream().toList());
    return List.of(
        of(relays.headshots(), ModelRef.Kind.HeadshotModel, context),
        of(relays.videos(), ModelRef.Kind.VideoGenerator, context));
  }

  /** The model that a job refers to, as the caches know it. */
  Optional<DrawingModel> model(GenerationJob job) {
    return reference(job)
        .flatMap(
            model ->
                switch (model.kind()) {
                  case HeadshotModel -> relays.headshots().get(model.id()).map(DrawingModel::of);
                  case VideoGenerator -> relays.videos().get(model.id()).map(DrawingModel::of);
                  case DiffusionRuntime -> Optional.empty();
                });
  }

  private <M extends HasMetadata> EventSource<M, GenerationJob> of(
      Relay<M> models, ModelRef.Kind kind, EventSourceContext<GenerationJob> context) {
    return new RelaySource<>(
        models,
        model -> waiting(new Reference(kind, ResourceID.fromResource(model))),
        (now, before) -> true,
        context);
  }

  private Set<ResourceID> waiting(Reference model) {
    return relays.jobs().byIndex(BY_MODEL, model.key()).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** What a job draws with; what a newer version wrote may not say. */
  private static Optional<Reference> reference(GenerationJob job) {
    var reference = job.getSpec() == null ? null : job.getSpec().modelRef();
    return reference == null
        ? Optional.empty()
        : Optional.of(
            new Reference(
                reference.kind(),
                new ResourceID(reference.name(), job.getMetadata().getNamespace())));
  }

  private record Reference(ModelRef.Kind kind, ResourceID id) {

    String key() {
      return kind + "/" + id.getNamespace().orElse("") + "/" + id.getName();
    }
  }
}
