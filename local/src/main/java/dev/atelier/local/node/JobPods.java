package dev.atelier.local.node;

import dev.atelier.stage.PodVariable;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Pods from a Job's template. */
final class JobPods {
  private JobPods() {}

  static Pod create(Job job, Optional<Integer> index) {
    var template = job.getSpec().getTemplate();
    ObjectMeta metadata = Objects.requireNonNullElseGet(template.getMetadata(), ObjectMeta::new);
    String name = job.getMetadata().getName();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withGenerateName(index.map(i -> name + "-" + i + "-").orElse(name + "-"))
            .withNamespace(job.getMetadata().getNamespace())
            .withLabels(metadata.getLabels())
            .withAnnotations(metadata.getAnnotations())
            .withFinalizers(JobTally.FINALIZER)
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName(name)
            .withUid(job.getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    index.ifPresent(i -> number(pod, name, i));
    return pod;
  }

  private static void number(Pod pod, String job, int index) {
    String text = Integer.toString(index);
    pod.getMetadata().setAnnotations(with(pod.getMetadata().getAnnotations(), text));
    pod.getMetadata().setLabels(with(pod.getMetadata().getLabels(), text));
    pod.getSpec().setHostname(job + "-" + index);
    for (Container container : pod.getSpec().getContainers()) {
      container
          .getEnv()
          .add(
              new EnvVarBuilder()
                  .withName(PodVariable.COMPLETION_INDEX.variable())
                  .withValue(text)
                  .build());
    }
  }

  private static Map<String, String> with(Map<String, String> map, String index) {
    Map<String, String> more = new java.util.HashMap<>(map == null ? Map.of() : map);
    more.put(CompletionIndexes.ANNOTATION, index);
    return more;
  }
}
