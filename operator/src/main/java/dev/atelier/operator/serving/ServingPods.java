package dev.atelier.operator.serving;

import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StagePods;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.stage.PodVariable;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** The pod of a stage, made to stay: it starts again, and gets requests once it can draw. */
final class ServingPods {

  /** Name of the port of the API. */
  static final String API = "api";

  /** Its number, the default of {@code ATELIER_API_PORT}. */
  static final int API_PORT = Integer.parseInt(PodVariable.API_PORT.standard());

  private static final int READY_SECONDS = 5;
  private static final int LIVE_SECONDS = 20;

  private ServingPods() {}

  static PodSpec spec(StageRequest request, String stageFile) {
    return new PodSpecBuilder(StagePods.spec(request, stageFile))
        .withRestartPolicy("Always")
        .editMatchingContainer(one -> one.getName().equals(StageManifests.CONTAINER))
        .addNewPort()
        .withName(API)
        .withContainerPort(API_PORT)
        .withProtocol("TCP")
        .endPort()
        // Not before the model is loaded, and no longer once the pod is told to stop.
        .withReadinessProbe(probe("/health", API, READY_SECONDS))
        .withLivenessProbe(probe("/healthz", StagePods.HTTP, LIVE_SECONDS))
        .endContainer()
        .build();
  }

  private static Probe probe(String path, String port, int seconds) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(port))
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(seconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(3)
        .build();
  }
}
