package dev.atelier.local.node;

/** A pod cannot start yet, because something it names is not there. */
final class PodNotReady extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean mount;

  private PodNotReady(String reason, String message, boolean mount) {
    super(message);
    this.reason = reason;
    this.mount = mount;
  }

  /** Kubelet shows a failed mount as an event only; the container keeps its first reason. */
  static PodNotReady mount(String volume, String why) {
    return new PodNotReady(
        "ContainerCreating",
        "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume, why),
        true);
  }

  /** Something that the container's environment refers to is missing. */
  static PodNotReady configuration(String why) {
    return new PodNotReady("CreateContainerConfigError", why, false);
  }

  /** Something that this node cannot do. */
  static PodNotReady unsupported(String why) {
    return new PodNotReady("CreateContainerError", why, false);
  }

  /** The waiting container's reason. */
  String reason() {
    return reason;
  }

  /** The waiting container's message. */
  String shown() {
    return mount ? "" : String.valueOf(getMessage());
  }

  /** The reason of the event. */
  String event() {
    return mount ? "FailedMount" : "Failed";
  }
}
