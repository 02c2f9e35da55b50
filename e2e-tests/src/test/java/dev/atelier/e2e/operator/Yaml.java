package dev.atelier.e2e.operator;

/** Resources as users write them. */
final class Yaml {

  static final String RUNTIME =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: DiffusionRuntime
      metadata: {name: sd15}
      spec:
        model: {family: StableDiffusion, source: {pvc: {claimName: models}}}
        storage: {pvc: {claimName: artifacts}}
        gpu: {count: 0}
        precision: Float32
      """;

  static final String VIDEO =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: VideoGenerator
      metadata: {name: clips, namespace: default}
      spec:
        runtimeRef: {name: sd15}
      """;

  private Yaml() {}

  static String model(String name) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: HeadshotModel
        metadata: {name: %s, namespace: default}
        spec:
          runtimeRef: {name: sd15}
          subject:
            className: woman
            consent: {id: C-1, grantedAt: "2026-01-01T00:00:00Z"}
          photos: {source: {pvc: {claimName: photos}}}
          training: {method: LoRA}
        """
        .formatted(name);
  }

  /** Training over two nodes, on clips that are there. */
  static String onNodes(String name) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: %s, namespace: default}
        spec:
          runtimeRef: {name: sd15}
          dataset: {videos: {source: {pvc: {claimName: footage}}}}
          training:
            stages: [{name: low, width: 320, height: 192, frames: 17, steps: 100}]
            gradientAccumulation: 2
            nodes: 2
        """
        .formatted(name);
  }

  /** A base model that one pod is to serve. */
  static String served(String name) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: %s, namespace: default}
        spec:
          runtimeRef: {name: sd15}
          serving: {replicas: 1}
        """
        .formatted(name);
  }

  static String generation(String name, String model) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: GenerationJob
        metadata: {name: %s, namespace: default}
        spec:
          modelRef: {kind: HeadshotModel, name: %s}
          prompts: [{name: suit, text: "photo of a {subject} in a suit"}]
          samplesPerPrompt: 2
        """
        .formatted(name, model);
  }
}
