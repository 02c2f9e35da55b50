package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.VolumePaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that a run published.
 *
 * @param path on this machine, if it is here
 */
public record Artifact(String name, String uri, long sizeBytes, Optional<Path> path) {

  /** The artifacts of a resource's status. */
  public static List<Artifact> of(Resource resource, VolumePaths volumes) {
    return Resource.stream(resource.status().path("artifacts"))
        .map(
            node ->
                new Artifact(
                    node.path("name").asText(),
                    node.path("uri").asText(),
                    node.path("sizeBytes").asLong(),
                    volumes.resolve(resource.namespace(), node.path("uri").asText())))
        .toList();
  }

  /** Where to find it, relative to a folder if it lies below it. */
  public String place(Path here) {
    return path.map(p -> p.startsWith(here) ? here.relativize(p).toString() : p.toString())
        .orElse(uri);
  }

  /** Its size in words; empty where the status does not say it. */
  public String size() {
    return sizeBytes > 0 ? ByteSize.words(sizeBytes) : "";
  }
}
