package dev.atelier.runtime;

import dev.atelier.runtime.ranks.Rendezvous;
import dev.atelier.stage.PodVariable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the pod's environment says; the only place that reads it.
 *
 * @param root directory that the container's absolute paths start from; {@code /} in a container,
 *     the pod's own directory in workstation mode
 * @param address address that the progress server binds to
 * @param port port of the progress server, 0 for a free one
 * @param apiPort port of a served model's API, 0 for a free one
 * @param completionIndex index of this pod in an Indexed Job
 * @param parentPid process whose end ends this one, in workstation mode
 * @param rendezvous where this process meets those that it trains together with
 */
public record RuntimeSettings(
    Path root,
    String address,
    int port,
    int apiPort,
    OptionalInt completionIndex,
    OptionalLong parentPid,
    Optional<Rendezvous> rendezvous) {

  /** Settings of a process that works by itself, and serves its API at a free port. */
  public RuntimeSettings(
      Path root, String address, int port, OptionalInt completionIndex, OptionalLong parentPid) {
    this(root, address, port, 0, completionIndex, parentPid, Optional.empty());
  }

  /** Settings of this process. */
  public static RuntimeSettings ofEnvironment() {
    return of(System.getenv());
  }

  /** Settings of an environment; numbers that are none end with their variable's name. */
  public static RuntimeSettings of(Map<String, String> environment) {
    var index = PodVariable.COMPLETION_INDEX.number(environment);
    return new RuntimeSettings(
        Path.of(PodVariable.ROOT.in(environment)),
        PodVariable.POD_IP.in(environment),
        Math.toIntExact(PodVariable.PORT.number(environment).orElseThrow()),
        Math.toIntExact(PodVariable.API_PORT.number(environment).orElseThrow()),
        index.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(index.getAsLong())),
        PodVariable.PARENT_PID.number(environment),
        Rendezvous.of(environment));
  }

  /** Where an absolute path of the container lies for this process. */
  public Path resolve(String containerPath) {
    var relative = containerPath.startsWith("/") ? containerPath.substring(1) : containerPath;
    return root.resolve(relative).normalize();
  }
}
