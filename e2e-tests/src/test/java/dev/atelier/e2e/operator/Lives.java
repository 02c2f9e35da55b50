package dev.atelier.e2e.operator;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/** Stretches of a resource's life that several stories share. */
final class Lives {

  private final OperatorBench bench;

  Lives(OperatorBench bench) {
    this.bench = bench;
  }

  /** A runtime that models may use. */
  void runtime() {
    bench.apply(Yaml.RUNTIME);
    bench.untilRuntime("sd15", "Available");
  }

  /** The Job of a stage, as soon as the operator created it. */
  Job job(String prefix) {
    bench.until("Job " + prefix, () -> bench.kubelet.job(prefix).isPresent());
    return bench.kubelet.job(prefix).orElseThrow();
  }

  /** A new model whose training computes. */
  Job training(String name) {
    bench.apply(Yaml.model(name));
    bench.kubelet.end(job(name + "-intake-"), 0, Said.photos());
    var train = job(name + "-train-");
    bench.kubelet.run(train);
    bench.untilModel(name, "Training");
    return train;
  }

  /** A new model, published. */
  void published(String name) {
    bench.kubelet.end(training(name), 0, Said.done());
    bench.kubelet.end(job(name + "-evaluate-"), 0, Said.evaluated());
    bench.untilModel(name, "Published");
  }

  /** New pictures of a published model, published. */
  void drawn(String name, String model) {
    bench.apply(Yaml.generation(name, model));
    bench.kubelet.end(job(name + "-sample-"), 0, Said.drawn());
    bench.untilGeneration(name, "Published");
  }

  /** A new model that failed. */
  void failed(String name) {
    bench.apply(Yaml.model(name));
    bench.kubelet.end(job(name + "-intake-"), 42, Said.failed("NotEnoughUsablePhotos"));
    bench.untilModel(name, "NotEnoughUsablePhotos");
  }

  /** A new VideoGenerator whose training over two nodes has started. */
  GenericKubernetesResource onNodes(String name) {
    bench.apply(Yaml.onNodes(name));
    bench.kubelet.end(job(name + "-preparevideo-"), 0, Said.clips());
    bench.until("JobSet of " + name, () -> !jobSets().isEmpty());
    return jobSets().get(0);
  }

  /** Deletes it, by force: whether anything is erased is told elsewhere. */
  void deleteOnNodes(String name) {
    var videos =
        bench
            .user
            .resources(VideoGenerator.class)
            .inNamespace(OperatorBench.NAMESPACE)
            .withName(name);
    videos.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\":{\"annotations\":{\"atelier.dev/force-delete\":\"true\"}}}");
    videos.delete();
    bench.until(name + " gone", () -> videos.get() == null);
    bench.until("no JobSet", () -> jobSets().isEmpty());
  }

  /** A new VideoGenerator whose base model is tried, published and served. */
  Deployment served(String name) {
    bench.apply(Yaml.served(name));
    bench.kubelet.end(job(name + "-evaluate-"), 0, Said.evaluated());
    bench.until("Deployment of " + name, () -> deployment(name).isPresent());
    return deployment(name).orElseThrow();
  }

  /** It is served no longer, and nothing of it is left. */
  void servedNoLonger(String name) {
    patchVideo(name, "{\"spec\":{\"serving\":null}}");
    bench.until("no Deployment of " + name, () -> deployment(name).isEmpty());
    bench.until("the status knows", () -> video(name).getStatus().serving() == null);
  }

  Optional<Deployment> deployment(String name) {
    return Optional.ofNullable(
        bench
            .user
            .apps()
            .deployments()
            .inNamespace(OperatorBench.NAMESPACE)
            .withName(name + "-serve")
            .get());
  }

  VideoGenerator video(String name) {
    return bench
        .user
        .resources(VideoGenerator.class)
        .inNamespace(OperatorBench.NAMESPACE)
        .withName(name)
        .get();
  }

  /** Merge patch of a VideoGenerator. */
  void patchVideo(String name, String json) {
    bench
        .user
        .resources(VideoGenerator.class)
        .inNamespace(OperatorBench.NAMESPACE)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  List<GenericKubernetesResource> jobSets() {
    return bench
        .user
        .genericKubernetesResources("jobset.x-k8s.io/v1alpha2", "JobSet")
        .inNamespace(OperatorBench.NAMESPACE)
        .list()
        .getItems();
  }

  /** Merge patch of a spec. */
  void patchModel(String name, String json) {
    bench
        .user
        .resources(HeadshotModel.class)
        .inNamespace(OperatorBench.NAMESPACE)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }
}
