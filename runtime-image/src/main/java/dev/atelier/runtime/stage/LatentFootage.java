package dev.atelier.runtime.stage;

import dev.atelier.runtime.latent.LatentFiles;
import dev.atelier.runtime.latent.LatentIndex;
import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.pipeline.wan.ClipFrames;
import dev.atelier.runtime.pipeline.wan.EncodingPlan;
import dev.atelier.runtime.pipeline.wan.WanFiles;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.PrepareVideoInput.LatentShape;
import dev.atelier.stage.VideoTrainingInput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Clips that were prepared as latents, decoded again by the model's autoencoder. */
final class LatentFootage implements Footage {

  private final Torch torch;
  private final AutoencoderKLWan autoencoder;
  private final LatentFiles latents;
  private final LatentShape shape;
  private final HeldOutClips clips;

  private LatentFootage(
      Torch torch,
      AutoencoderKLWan autoencoder,
      LatentFiles latents,
      LatentShape shape,
      HeldOutClips clips) {
    this.torch = torch;
    this.autoencoder = autoencoder;
    this.latents = latents;
    this.shape = shape;
    this.clips = clips;
  }

  /**
   * Opens the set that a training learned from.
   *
   * @param wanted length of the clips that these are compared with
   */
  static LatentFootage open(
      StageContext context, BaseModel base, VideoTrainingInput training, ClipInput wanted)
      throws IOException {
    var prepared = PreparedLatents.open(context, base, training);
    var shape = nearest(prepared.index().shapes(), wanted.frames());
    var files = WanFiles.of(base.folder());
    var torch = Compute.of(context.file().device()).start();
    try {
      var autoencoder = files.autoencoder(torch);
      autoencoder.useTiles(
          EncodingPlan.decodesInTiles(
              files,
              new EncodingPlan.Clips(shape.width(), shape.height(), shape.frames()),
              MemoryBudget.of(torch)));
      var clips = HeldOutClips.of(training, prepared.entries(false));
      return new LatentFootage(torch, autoencoder, prepared.files(torch), shape, clips);
    } catch (RuntimeException e) {
      torch.close();
      throw e;
    }
  }

  /** The largest of those that are long enough; where none is, of all. */
  private static LatentShape nearest(List<LatentShape> shapes, int frames) {
    Comparator<LatentShape> longEnough =
        Comparator.comparing(shape -> Math.min(shape.frames(), frames));
    return shapes.stream()
        .max(longEnough.thenComparing(shape -> shape.width() * shape.height()))
        .orElseThrow();
  }

  @Override
  public List<String> heldOut() {
    return clips.kept().stream().map(LatentIndex.Entry::id).toList();
  }

  @Override
  public List<String> others() {
    return clips.learned().stream().map(LatentIndex.Entry::id).toList();
  }

  @Override
  public void play(String clip, int frames, Screen screen) throws IOException {
    var entry =
        latents.index().clips().stream()
            .filter(one -> one.id().equals(clip))
            .findFirst()
            .orElseThrow();
    try (Scope scope = Scope.open()) {
      Tensor stored = latents.latents(entry, shape.name());
      long[] size = stored.shape();
      Tensor one = stored.reshape(1, size[0], size[1], size[2], size[3]);
      Tensor pixels = autoencoder.clips(one);
      var made =
          new ClipFrames(pixels, Optional.empty(), (int) pixels.size(4), (int) pixels.size(3));
      for (int frame = 0; frame < Math.min(frames, made.count()); frame++) {
        screen.show(made.frame(frame));
      }
    }
  }

  @Override
  public String told() {
    return "decoded from the latents of training stage '%s', %dx%d%s"
        .formatted(
            shape.name(),
            shape.width(),
            shape.height(),
            clips.kept().isEmpty() ? ", all of them seen by training" : "");
  }

  @Override
  public void close() {
    autoencoder.close();
    torch.close();
  }
}
