package dev.atelier.e2e;

import java.util.function.UnaryOperator;

/** The resources of the stories: the sample's, made small enough for a test. */
final class Portraits {

  private static final String MODEL =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: NAME, namespace: default}
      spec:
        runtimeRef: {name: tiny-portrait}
        subject:
          className: person
          token: sks
          consent: {id: C-1, grantedAt: "2026-01-01T00:00:00Z"}
        photos:
          source: {pvc: {claimName: PHOTOS}}
          min: 10
          quality: {minFacePixels: 64, minSharpness: "20"}
        training:
          method: LoRA
          maxSteps: STEPS
          learningRate: "1e-3"
          batchSize: 1
          resolution: 64
          textEncoder: Frozen
          lora: {rank: 4, alpha: 4}
          priorPreservation: {images: 2}
          checkpoint: {everySteps: 5}
        evaluation:
          prompts: [{name: suit, text: "photo of a {subject} wearing a navy suit in an office"}]
          imagesPerPrompt: 1
          sampler: {scheduler: DDIM, steps: 4, guidanceScale: "3", width: 64, height: 64, seed: 7}
          gate: []
        limits: {retries: 2}
      """;

  private static final String RUNTIME =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: DiffusionRuntime
      metadata: {name: NAME}
      spec:
        model:
          family: StableDiffusion
          source: {pvc: {claimName: models, path: tiny-portrait}}
          license: Apache-2.0
        storage: {pvc: {claimName: artifacts}}
        gpu: {count: 0}
        precision: Float32
        perception:
          faceDetector: {thresholds: ["0.3", "0.2", "0.2"]}
          faceEmbedding: {samePersonMaxDistance: "0.40"}
      """;

  private Portraits() {}

  /** A HeadshotModel that trains for so many steps on a few of Ana's photos. */
  static String model(String name, int steps) {
    return model(name, "some-photos", steps, yaml -> yaml.replace("min: 10", "min: 5"));
  }

  /** A HeadshotModel on the photos of a claim, with its YAML changed. */
  static String model(String name, String photos, int steps, UnaryOperator<String> change) {
    return change.apply(
        MODEL
            .replace("NAME", name)
            .replace("PHOTOS", photos)
            .replace("STEPS", Integer.toString(steps)));
  }

  /** A DiffusionRuntime like the sample's, with its YAML changed. */
  static String runtime(String name, UnaryOperator<String> change) {
    return change.apply(RUNTIME.replace("NAME", name));
  }

  /** A GenerationJob of one prompt and one picture with the base model itself. */
  static String baseGeneration(String name, String runtime) {
    return generation(name, runtime)
        .replace("kind: HeadshotModel, name", "kind: DiffusionRuntime, name")
        .replace("{subject}", "person");
  }

  /** A GenerationJob of one prompt and two pictures on a HeadshotModel. */
  static String generation(String name, String model) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: GenerationJob
        metadata: {name: %s, namespace: default}
        spec:
          modelRef: {kind: HeadshotModel, name: %s}
          prompts: [{name: hoodie, text: "photo of a {subject} wearing a red hoodie in the snow"}]
          samplesPerPrompt: 2
          sampler: {scheduler: DDIM, steps: 4, guidanceScale: "3", width: 64, height: 64, seed: 3}
        """
        .formatted(name, model);
  }
}
