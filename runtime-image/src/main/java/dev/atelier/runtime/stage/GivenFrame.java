package dev.atelier.runtime.stage;

import dev.atelier.runtime.photo.DecodeLimits;
import dev.atelier.runtime.photo.Decoded;
import dev.atelier.runtime.photo.PhotoDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture that came with a request, in a folder of its own for as long as it is worked with.
 *
 * @param folder holds nothing else
 */
record GivenFrame(Path folder) implements AutoCloseable {

  /** Decoders go by the content, whatever the name says. */
  private static final String FILE = "first.png";

  /** Writes a picture. */
  static GivenFrame write(Path scratch, byte[] picture) {
    try {
      var folder = Files.createTempDirectory(Files.createDirectories(scratch), "first-frame-");
      Files.write(folder.resolve(FILE), picture);
      return new GivenFrame(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a given first frame in " + scratch, e);
    }
  }

  /** Why it cannot be begun with; empty for a picture. */
  Optional<String> refusal() {
    return new PhotoDecoder(DecodeLimits.defaults()).decode(folder.resolve(FILE))
            instanceof Decoded.Refused refused
        ? Optional.of(refused.finding().advice())
        : Optional.empty();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
