package dev.atelier.runtime.caption;

import dev.atelier.runtime.clip.MediaFile;
import dev.atelier.runtime.image.RgbImage;
import java.util.List;
import java.util.function.Supplier;

/**
 * A clip that needs a caption.
 *
 * @param frames a few of it, in their order; made when they are asked for
 */
public record CaptionRequest(MediaFile file, Supplier<List<RgbImage>> frames) {}
