package dev.atelier.local.workstation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds everything of the runs on this machine: resources, volumes, pods with their
 * logs. Deleting it forgets everything.
 *
 * @param root absolute path
 */
public record StateDirectory(Path root) {

  /** Held by the run that is active. */
  public Path lockFile() {
    return root.resolve("lock");
  }

  /** The resources of the last run, one YAML file each. */
  public Path resources() {
    return root.resolve("resources");
  }

  /** How to reach the API of the run that is active. */
  public Path connectionFile() {
    return root.resolve("connection.json");
  }

  /** One folder per namespace and claim, for claims that name no folder of their own. */
  public Path volumes() {
    return root.resolve("volumes");
  }

  /** One folder per pod, its root file system. */
  public Path pods() {
    return root.resolve("pods");
  }

  /** What a pod says, for as long as the pod is known. */
  public Path podLog(String namespace, String pod) {
    return pods().resolve(namespace).resolve(pod).resolve("log");
  }

  /** What the operator and the node agent say, in a file so that it does not disturb progress. */
  public Path log() {
    return root.resolve("atelier.log");
  }

  /** Whether anything ever ran here. */
  public boolean exists() {
    return Files.isDirectory(root);
  }

  /** Makes the folder if need be, readable by its owner only: photos and logs are private. */
  public StateDirectory create() {
    try {
      if (!exists()) {
        Files.createDirectories(root.toAbsolutePath().getParent());
        OwnerOnly.createDirectory(root);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the state directory " + root, e);
    }
  }
}
