package dev.atelier.runtime.caption;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.runtime.store.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Captions by a vision model. Every answer is kept under a digest of the frames and the question,
 * outside of any attempt: nobody asks, or pays, for the same clip twice.
 */
public final class EndpointCaptions implements ClipCaptions {

  /** What vision models look at is no larger. */
  private static final int EDGE = 448;

  private final VisionEndpoint endpoint;
  private final ArtifactStore cache;
  private final String prefix;

  /**
   * @param prefix directory of the answers below the store's root
   */
  public EndpointCaptions(VisionEndpoint endpoint, ArtifactStore cache, String prefix) {
    this.endpoint = endpoint;
    this.cache = cache;
    this.prefix = prefix;
  }

  @Override
  public Optional<String> of(CaptionRequest clip) {
    var frames =
        clip.frames().get().stream()
            .map(frame -> Resize.atMost(frame, EDGE, Filter.LANCZOS))
            .toList();
    var key = prefix + "/" + digest(frames) + ".txt";
    var known = cache.read(key);
    if (known.isPresent()) {
      return known.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
    var caption = endpoint.describe(frames);
    cache.put(key, caption.getBytes(StandardCharsets.UTF_8));
    return Optional.of(caption);
  }

  @Override
  public String protocol() {
    return endpoint.protocol();
  }

  private String digest(List<RgbImage> frames) {
    var text = new StringBuilder(endpoint.protocol());
    frames.forEach(frame -> text.append('\n').append(Digests.of(PngFile.of(frame))));
    return Digests.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
