package dev.atelier.runtime.train;

import java.util.List;

/**
 * Pictures with their captions; each epoch visits every picture once, in an order of its own.
 *
 * @param variants how many forms each picture has in the latents: picture p in form v is row {@code
 *     v * pictures + p}
 * @param captions row of each picture's caption
 */
public record Examples(LatentSet latents, int variants, List<Integer> captions) {

  public Examples {
    captions = List.copyOf(captions);
    if (latents.size() != variants * captions.size() || captions.isEmpty()) {
      throw new IllegalArgumentException(
          "%d latents for %d captions in %d forms"
              .formatted(latents.size(), captions.size(), variants));
    }
  }

  /** The picture at a place of the endless sequence of epochs. */
  int at(long position, long seed) {
    return Epochs.at(position, captions.size(), seed);
  }
}
