package dev.atelier.operator.runtime;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeRef;
import dev.atelier.api.VideoGenerator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of the runtimes that a resource uses: those that it names, and the one whose storage holds
 * its files. What a newer version wrote may lack fields that are required today.
 */
final class RuntimeUsers {

  private RuntimeUsers() {}

  static Set<String> of(HeadshotModel model) {
    var status = model.getStatus();
    return names(
        model.getSpec() == null ? null : model.getSpec().runtimeRef(),
        status == null ? null : status.run());
  }

  static Set<String> of(VideoGenerator video) {
    var status = video.getStatus();
    return names(
        video.getSpec() == null ? null : video.getSpec().runtimeRef(),
        status == null ? null : status.run());
  }

  static Set<String> of(GenerationJob job) {
    var status = job.getStatus();
    var reference = job.getSpec() == null ? null : job.getSpec().modelRef();
    var direct =
        reference != null && reference.kind() == ModelRef.Kind.DiffusionRuntime
            ? new RuntimeRef(reference.name())
            : null;
    return names(direct, status == null ? null : status.run());
  }

  private static Set<String> names(@Nullable RuntimeRef reference, @Nullable RunStatus run) {
    return Stream.concat(
            Stream.ofNullable(reference).map(RuntimeRef::name),
            Stream.ofNullable(run).flatMap(one -> Stream.ofNullable(one.runtime())))
        .collect(Collectors.toSet());
  }
}
