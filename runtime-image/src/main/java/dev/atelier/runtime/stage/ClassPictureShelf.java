package dev.atelier.runtime.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsFile;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.WeightsException;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps groups of class pictures as latents, which spares the way into the autoencoder, with what
 * was refused on the way to them.
 */
final class ClassPictureShelf {

  private static final String LATENTS = "latents";
  private static final String CONTENT = "class_pictures";

  private final ArtifactStore store;
  private final Path scratch;
  private final Torch torch;

  /**
   * @param scratch a directory of this process for the file on its way
   */
  ClassPictureShelf(ArtifactStore store, Path scratch, Torch torch) {
    this.store = store;
    this.scratch = scratch;
    this.torch = torch;
  }

  /** What a file says beside its latents {@code [pictures, channels, height, width]}. */
  private record Content(List<Integer> pictures, ClassPictureCount count) {}

  /** A group that was put; none where there is no such file, or a damaged one. */
  Optional<ClassPictureSearch.Found<Tensor>> get(String key) {
    try {
      return store.local(key).flatMap(this::read);
    } catch (WeightsException e) {
      return Optional.empty(); // drawn again
    }
  }

  private Optional<ClassPictureSearch.Found<Tensor>> read(Path file) {
    return Optional.ofNullable(SafeTensorsFile.open(file).metadata().get(CONTENT))
        .flatMap(ClassPictureShelf::content)
        .flatMap(content -> read(file, content));
  }

  private Optional<ClassPictureSearch.Found<Tensor>> read(Path file, Content content) {
    int pictures = content.pictures().size();
    var latents = SafeTensorsFile.readAll(torch, file).get(LATENTS);
    if (pictures != (latents == null ? 0 : latents.size(0))) {
      return Optional.empty();
    }
    var byNumber = new TreeMap<Integer, Tensor>();
    for (int row = 0; row < pictures; row++) {
      byNumber.put(content.pictures().get(row), Objects.requireNonNull(latents).narrow(0, row, 1));
    }
    return Optional.of(new ClassPictureSearch.Found<>(byNumber, content.count()));
  }

  /** Stores a group. */
  void put(String key, ClassPictureSearch.Found<Tensor> found) throws IOException {
    var pictures = found.pictures();
    var content = new Content(List.copyOf(pictures.keySet()), found.count());
    var metadata = Map.of("format", "pt", CONTENT, StageJson.json().writeValueAsString(content));
    Map<String, Tensor> latents =
        pictures.isEmpty()
            ? Map.of()
            : Map.of(LATENTS, Ops.concat(0, List.copyOf(pictures.values())));
    var file = Files.createTempFile(scratch, "prior-", ".safetensors");
    try {
      SafeTensorsWriter.write(file, latents, metadata);
      store.put(key, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Optional<Content> content(String json) {
    try {
      return Optional.of(StageJson.json().readValue(json, Content.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
