package dev.atelier.api;

/** The closed list of reasons of conditions. {@code name()} is the reason. */
public enum Reason {
  Pending("Accepted; nothing computes yet. Nothing to do; the message says what is waited for."),
  RuntimeNotFound(
      "No DiffusionRuntime has the name in spec.runtimeRef; create it or correct the name."),
  RuntimeNotReady(
      "The DiffusionRuntime is not Ready; its own condition says why, and its owner can mend it."),
  NamespaceNotAllowed(
      "The DiffusionRuntime does not list this namespace in spec.allowedNamespaces; ask its owner."),
  JobSetNotFound(
      "Training over several nodes needs JobSet, which this cluster does not have; install it, or set spec.training.nodes to 1."),
  ModelNotReady("The model of spec.modelRef is not Ready yet; the job starts when it is."),
  InvalidSpec("The spec cannot be run as it is; the message names the field and what to write."),
  NotSupported(
      "This release does not run what the spec asks for; the message says what it does run."),
  QuotaPending(
      "Kueue or a ResourceQuota holds the Job back until quota is free; wait, or ask for more of it."),
  QuotaReserved("Kueue has reserved quota for the Job."),
  Preparing("The photos or clips are being judged."),
  PhotosAccepted("Enough photos are usable."),
  NotEnoughUsablePhotos(
      "Too few photos are usable; status.dataset.rejected says why, add better ones and raise spec.runNonce."),
  ConsentExpired(
      "The consent ended; everything of the person is erased, pictures of GenerationJobs included. A renewed spec.subject.consent begins with the photos again; pictures need a new GenerationJob."),
  Training("The model is being tuned."),
  StageDone("The stage has published its result."),
  Evaluating("Pictures are being drawn and measured."),
  Sampling("Pictures or clips are being drawn."),
  GatePassed("Every bound of the gate is kept, or there is none."),
  GateFailed(
      "A bound of the gate is not kept; the message says which. Look at the gallery, then change photos or training and raise spec.runNonce, or lower the bound."),
  Published("The model or the pictures are published; status.artifacts says where."),
  OutOfMemory(
      "The memory did not suffice, even with half the batch; lower resolution or batchSize, or turn on gradientCheckpointing."),
  Diverged("The loss is not a number, even with half the learning rate; lower learningRate."),
  BadInput(
      "Input or configuration cannot be used; the message names the file or field to correct. Never tried again by itself."),
  EndpointUnavailable(
      "The caption endpoint does not answer; tried again with back-off. Check its address and that pods may reach it."),
  NotEnoughUsableClips(
      "No clip is usable; status.dataset.rejected and the report say why. Add better ones or change spec.dataset.filter, and raise spec.runNonce."),
  ClipsAccepted("The clips are judged, cut, captioned and stored."),
  StorageUnavailable(
      "The store does not answer or refuses; tried again with back-off. Check its address and the Secret with its credentials."),
  DeadlineExceeded(
      "A stage ran longer than spec.limits.activeDeadlineSeconds; raise it, and the run goes on from its checkpoint."),
  BudgetExceeded(
      "The run used spec.limits.maxGpuSeconds; raise it, and the run goes on from its checkpoint."),
  RetriesExhausted(
      "A stage failed more often than spec.limits.retries; the message tells of the last try. See the pod's log, mend the cause, then raise spec.runNonce."),
  ImagePullFailed(
      "The runtime image cannot be pulled; check spec.image of the DiffusionRuntime and its pull secrets."),
  MountFailed("A volume, Secret or ConfigMap of the pod is missing; the message names it."),
  PodRefused(
      "The API server refuses the Job or its pod, by an admission policy or a webhook; the message is its own and names what to change."),
  Unschedulable(
      "No node fits the pod; the message is the scheduler's. Add a node, or change spec.pod and spec.gpu of the DiffusionRuntime."),
  Suspended("spec.suspend is true; set it to false to go on from the checkpoint."),
  Resumed("spec.suspend is false again."),
  Erasing("Everything of the resource is being erased."),
  Erased("Everything is erased; the receipt says how much."),
  EraseFailed(
      "Something is not erased; tried again with back-off, annotation atelier.dev/force-delete: \"true\" gives up."),
  StillNeeded("Photos are kept because training needs them or spec.retention says so."),
  Available("The DiffusionRuntime can be used."),
  Serving("As many pods as spec.serving.replicas answer at status.serving.url.");

  private final String meaning;

  Reason(String meaning) {
    this.meaning = meaning;
  }

  /** What it says and what to do about it, in one line. */
  public String meaning() {
    return meaning;
  }
}
