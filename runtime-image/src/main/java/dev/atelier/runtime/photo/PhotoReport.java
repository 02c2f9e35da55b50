package dev.atelier.runtime.photo;

import dev.atelier.runtime.perception.Embedding;
import java.util.List;
import java.util.Optional;

/** All photos of a set with their verdicts, in the order of their names. */
public record PhotoReport(List<JudgedPhoto> photos) {

  public List<JudgedPhoto> accepted() {
    return photos.stream().filter(JudgedPhoto::accepted).toList();
  }

  public List<JudgedPhoto> rejected() {
    return photos.stream().filter(photo -> !photo.accepted()).toList();
  }

  /** Embeddings of the accepted photos. */
  public List<Embedding> embeddings() {
    return accepted().stream().map(JudgedPhoto::embedding).flatMap(Optional::stream).toList();
  }
}
