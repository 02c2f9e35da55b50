package dev.atelier.runtime.stage;

import dev.atelier.runtime.store.Manifest;
import dev.atelier.stage.TerminationMessage;

/** Stored files as the last words name them. */
final class Artifacts {

  private Artifacts() {}

  /** A stored file under the name that a user asks for. */
  static TerminationMessage.Artifact of(String name, Manifest.StoredFile file) {
    return new TerminationMessage.Artifact(
        name, file.path(), file.mediaType(), file.sizeBytes(), file.sha256());
  }
}
