package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * One document of a file that a user applies.
 *
 * @param body with namespace and absolute paths filled in
 */
public record Manifest(Path file, ObjectNode body) {

  /** The document as a resource. */
  public Resource resource() {
    return new Resource(body);
  }
}
