package dev.atelier.stage;

/**
 * The whole of {@code /etc/atelier/stage.yaml}: one stage of one run, with nothing left to look up.
 *
 * @param contract version of this contract, {@link #CONTRACT}
 * @param resource the custom resource that the stage works for
 * @param run the run and the attempt of this stage within it
 * @param device where and how precisely to compute
 * @param storage root of the artifact store
 * @param prefix directory of this run below the root, without slashes at its ends: {@code
 *     namespace/Kind/name-uid8/runId}
 * @param stage what to do
 */
public record StageFile(
    String contract,
    ResourceRef resource,
    RunRef run,
    DeviceInput device,
    StoreLocation storage,
    String prefix,
    StageInput stage) {

  /** The contract that this code speaks. A runtime refuses any other. */
  public static final String CONTRACT = "atelier.dev/stage/v1";

  /** The custom resource that a stage works for. */
  public record ResourceRef(String kind, String namespace, String name, String uid) {}

  /**
   * A run and an attempt in it.
   *
   * @param id stable for as long as {@code spec.runNonce} is
   * @param attempt counts from 1; each one is a Job of its own
   */
  public record RunRef(String id, int attempt) {}

  /**
   * Where and how precisely to compute.
   *
   * @param gpus GPUs of the pod, 0 for the CPU
   * @param precision {@code Float32}, {@code BFloat16} or {@code Float16}
   */
  public record DeviceInput(int gpus, String precision) {}
}
