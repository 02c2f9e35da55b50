package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The feature models that a DiffusionRuntime names; none ships, so each may be absent. */
public record FeatureModels(
    Torch torch,
    Optional<ClipReader> clip,
    Optional<DinoReader> dino,
    Optional<InceptionReader> inception,
    Optional<WholeClipReader> video)
    implements AutoCloseable {

  /**
   * Reads the folders that are configured.
   *
   * @param local where the files of a location lie on this machine
   */
  public static FeatureModels open(
      Torch torch, PerceptionInput input, Function<StoreLocation, Path> local) throws IOException {
    return new FeatureModels(
        torch,
        read("clip", input.clip(), local, (folder, name) -> ClipReader.open(torch, folder, name)),
        read("dino", input.dino(), local, (folder, name) -> DinoReader.open(torch, folder, name)),
        read(
            "inception",
            input.inception(),
            local,
            (folder, name) -> InceptionReader.open(torch, folder, name)),
        read(
            "video",
            input.video(),
            local,
            (folder, name) -> WholeClipReader.open(torch, folder, name)));
  }

  /** No models: every metric that needs one is reported as not measured. */
  public static FeatureModels none(Torch torch) {
    return new FeatureModels(
        torch, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Those alone by which sets of clips are compared; they stay this one's to close. */
  public FeatureModels comparing() {
    return new FeatureModels(torch, Optional.empty(), Optional.empty(), inception, video);
  }

  private static <M> Optional<M> read(
      String field,
      @Nullable StoreLocation location,
      Function<StoreLocation, Path> local,
      ModelFolder.Reader<M> reader)
      throws IOException {
    return location == null
        ? Optional.empty()
        : Optional.of(new ModelFolder(field, local.apply(location)).read(reader));
  }

  @Override
  public void close() {
    clip.ifPresent(ClipReader::close);
    dino.ifPresent(DinoReader::close);
    inception.ifPresent(InceptionReader::close);
    video.ifPresent(WholeClipReader::close);
  }
}
