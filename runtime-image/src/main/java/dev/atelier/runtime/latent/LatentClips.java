package dev.atelier.runtime.latent;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.ClipSet;
import java.util.List;

/** Prepared clips, or pictures, in one size as the training reads them. */
public final class LatentClips implements ClipSet {
  private final LatentFiles files;
  private final String shape;
  private final List<LatentIndex.Entry> entries;

  private LatentClips(LatentFiles files, String shape, List<LatentIndex.Entry> entries) {
    this.files = files;
    this.shape = shape;
    this.entries = List.copyOf(entries);
  }

  /**
   * Some entries of an index.
   *
   * @param shape name of the size and length
   */
  public static LatentClips of(LatentFiles files, String shape, List<LatentIndex.Entry> entries) {
    return new LatentClips(files, shape, entries);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public Tensor latents(int index) {
    return files.latents(entries.get(index), shape);
  }

  @Override
  public Tensor caption(int index) {
    return files.caption(entries.get(index));
  }
}
