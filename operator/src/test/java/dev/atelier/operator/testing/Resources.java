package dev.atelier.operator.testing;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;

/** The resources that the tests' stories are about, as the API server would hand them over. */
public final class Resources {

  /** When the stories begin. */
  public static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private static final String RUNTIME =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: DiffusionRuntime
      metadata: {name: sd15, generation: 1, uid: 0a000000-0000-0000-0000-000000000000}
      spec:
        image: registry.example/atelier-runtime:0.1.0
        model: {family: StableDiffusion, source: {pvc: {claimName: models, path: sd15}}}
        storage: {pvc: {claimName: artifacts}}
        gpu: {count: 1}
        precision: Float32
        cost: {perGpuHour: "0.72"}
      status:
        observedGeneration: 1
        conditions:
          - {type: Ready, status: "True", reason: Available, message: "", lastTransitionTime: "2026-11-26T11:00:00Z"}
      """;

  private static final String MODEL =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana, namespace: studio, generation: 1, uid: 1b2c3d4e-0000-0000-0000-000000000000}
      spec:
        runtimeRef: {name: sd15}
        subject:
          className: woman
          consent: {id: C-1, grantedAt: "2026-11-01T09:00:00Z"}
        photos: {source: {pvc: {claimName: ana-photos}}}
        training: {method: LoRA, batchSize: 4}
        limits: {retries: 2, activeDeadlineSeconds: 7200}
      """;

  private static final String JOB =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: GenerationJob
      metadata: {name: suits, namespace: studio, generation: 1, uid: 5f6a7b8c-0000-0000-0000-000000000000}
      spec:
        modelRef: {kind: HeadshotModel, name: ana}
        prompts: [{name: suit, text: "photo of a {subject} in a navy suit"}]
        samplesPerPrompt: 2
        limits: {retries: 2}
      """;

  private static final String DATASET =
      """
        dataset:
          videos: {source: {pvc: {claimName: footage}}}
          clip: {seconds: 2, width: 320, height: 192}
          captions: {from: FileName}
          shards: 2
      """;

  private static final String TRAINING =
      """
        training:
          batchSize: 4
          stages: [{name: low, width: 320, height: 192, frames: 17, steps: 2500}]
      """;

  /** Clips of two seconds in two shares, then LoRA training: more for {@link #video(String)}. */
  public static final String TRAINED = DATASET + TRAINING;

  private static final String VIDEO =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: VideoGenerator
      metadata: {name: clips, namespace: studio, generation: 1, uid: 7c8d9e0f-0000-0000-0000-000000000000}
      spec:
        runtimeRef: {name: sd15}
        limits: {retries: 2, activeDeadlineSeconds: 7200}
      """;

  private Resources() {}

  /** Clips of two seconds in two shares, then LoRA training, new. */
  public static VideoGenerator video() {
    return video(TRAINED);
  }

  /** The same without training. */
  public static VideoGenerator videoWithoutTraining() {
    return video(DATASET);
  }

  /** A base model as it is. */
  public static VideoGenerator videoOfTheBaseModel() {
    return video("");
  }

  /** Training alone, on clips that are there, over so many nodes. */
  public static VideoGenerator videoOnNodes(int nodes) {
    return video(TRAINING + "    nodes: %d\n".formatted(nodes));
  }

  /** Training on one node that Kueue admits. */
  public static VideoGenerator videoInAQueue() {
    return Serialization.unmarshal(
        replaced(VIDEO, "{name: clips,", "{name: clips, labels: {kueue.x-k8s.io/queue-name: gpus},")
            + TRAINING,
        VideoGenerator.class);
  }

  /** A VideoGenerator with more in its spec, indented by two. */
  public static VideoGenerator video(String more) {
    return Serialization.unmarshal(VIDEO + more, VideoGenerator.class);
  }

  /** Stable Diffusion on one GPU at 0.72 an hour, Ready. */
  public static DiffusionRuntime runtime() {
    return Serialization.unmarshal(RUNTIME, DiffusionRuntime.class);
  }

  /** The same, whose finished Jobs go as soon as they are read. */
  public static DiffusionRuntime tidyRuntime() {
    return runtimeKeepingJobs(Duration.ZERO);
  }

  /** The same, whose finished Jobs stay for so long. */
  public static DiffusionRuntime runtimeKeepingJobs(Duration time) {
    return runtime(
        "precision: Float32",
        "precision: Float32\n  pod: {ttlSecondsAfterFinished: %d}".formatted(time.toSeconds()));
  }

  /** Ana's portrait model, new: LoRA, batch of four, two retries. */
  public static HeadshotModel model() {
    return Serialization.unmarshal(MODEL, HeadshotModel.class);
  }

  /** The model with its text changed before it is read. */
  public static HeadshotModel model(String target, String replacement) {
    return Serialization.unmarshal(replaced(MODEL, target, replacement), HeadshotModel.class);
  }

  /** Two pictures of one prompt from Ana's model, new. */
  public static GenerationJob generation() {
    return Serialization.unmarshal(JOB, GenerationJob.class);
  }

  /** The job with its text changed before it is read. */
  public static GenerationJob generation(String target, String replacement) {
    return Serialization.unmarshal(replaced(JOB, target, replacement), GenerationJob.class);
  }

  /** The runtime with its text changed before it is read. */
  public static DiffusionRuntime runtime(String target, String replacement) {
    return Serialization.unmarshal(replaced(RUNTIME, target, replacement), DiffusionRuntime.class);
  }

  /** A copy that shares nothing. */
  public static <T extends HasMetadata> T copy(T resource) {
    return Serialization.clone(resource);
  }

  private static String replaced(String text, String target, String replacement) {
    if (!text.contains(target)) {
      throw new IllegalArgumentException("the resource has no '%s'".formatted(target));
    }
    return text.replace(target, replacement);
  }
}
